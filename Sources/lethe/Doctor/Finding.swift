/// One line of `lethe doctor`: what was looked at, and what to do about it.
struct Finding {
    enum Status: String {
        /// As it should be.
        case ok
        /// It works, but slower or plainer than it could.
        case poor
        /// Not there; something optional does not work without it.
        case missing
    }

    var status: Status
    var name: String
    var text: String
    /// What to do; nil where nothing needs doing.
    var advice: String?

    init(_ status: Status, _ name: String, _ text: String, advice: String? = nil) {
        self.status = status
        self.name = name
        self.text = text
        self.advice = advice
    }

    /// Aligned lines, each advice under what it is about.
    static func text(of findings: [Finding]) -> String {
        AlignedText.lines(
            findings.flatMap { finding in
                [[finding.status.rawValue, finding.name, finding.text]]
                    + (finding.advice.map { [["", "", "-> \($0)"]] } ?? [])
            })
    }
}
