extension RunEvent {
    /// The same event with every arm called by another name, so that several runs fit on one screen.
    package func renamingArms(_ rename: (String) -> String) -> RunEvent {
        switch self {
        case .started(var identity):
            for index in identity.arms.indices {
                identity.arms[index].name = rename(identity.arms[index].name)
                identity.arms[index].studyArm = identity.arms[index].studyArm.map(rename)
            }
            return .started(identity)
        case .observed(var seen):
            seen.arm = rename(seen.arm)
            return .observed(seen)
        case .scored(var scores):
            scores.arm = rename(scores.arm)
            return .scored(scores)
        case .armChanged(let arm, let state, let step):
            return .armChanged(arm: rename(arm), state: state, step: step)
        case .progress(var progress):
            progress.arm = progress.arm.map(rename)
            return .progress(progress)
        case .command(var request, let state, let step):
            request.arm = request.arm.map(rename)
            return .command(request, state: state, step: step)
        case .checkpointSaved(let arm, let step, let path, let bytes):
            return .checkpointSaved(arm: rename(arm), step: step, path: path, bytes: bytes)
        case .notice(var notice):
            notice.arm = notice.arm.map(rename)
            return .notice(notice)
        case .resumed(let arms):
            let renamed = arms.map { (rename($0.key), $0.value) }
            return .resumed(arms: Dictionary(renamed) { _, last in last })
        case .items, .finished: return self
        }
    }
}
