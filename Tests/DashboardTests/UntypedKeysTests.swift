import RunEvents
import Testing

@testable import Dashboard

/// Nothing that was not typed as a command acts on a training.
@Suite struct UntypedKeysTests {
    private func model() -> DashboardModel { ScriptedRun().model(rows: 24, columns: 80) }

    private func keys(_ text: String) -> [Key] {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n", "\r": .enter
            case "\t": .tab
            case "\u{3}": .control("c")
            case "\u{1A}": .control("z")
            default: .character(scalar)
            }
        }
    }

    private func wait(_ seconds: Double, _ model: inout DashboardModel) {
        _ = model.update(.tick(seconds: model.now + seconds))
    }

    // MARK: - Pasted text

    private static let texts = [
        "quick brown fox", "git request --squash", "Please PAUSE", "System of a Down\nP\nS\ny",
        "q\nk\ny\nq\nk\ny", "LLLL1e10\ny", "S\u{1A}\u{1A}\u{1A}Sysadmin", "PECSLPECSL",
        "rm -rf / && sudo kill -KILL $$\u{3}", String(repeating: "qkyS y\n", count: 1500),
    ]

    @Test(arguments: texts) func markedTextDoesNothing(_ text: String) {
        for opening in [[], ["?"], ["o"], ["i"], ["q"], ["S"], ["q", "k"]] as [[Key]] {
            var model = model()
            for key in opening {
                _ = model.update(.key(key))
                wait(0.2, &model)
            }
            let before = (model.context, model.focus, model.mainView)
            #expect(model.update(.paste(text)).isEmpty)
            #expect((model.context, model.focus, model.mainView) == before)
            #expect(model.view().text.contains("pasted text does nothing here"))
        }
    }

    @Test(arguments: texts) func unmarkedTextDoesNothing(_ text: String) {
        for opening in [[], ["?"], ["o"], ["i"], ["q"], ["S"], ["q", "k"]] as [[Key]] {
            var model = model()
            for key in opening {
                _ = model.update(.key(key))
                wait(0.2, &model)
            }
            let before = (model.context, model.focus, model.mainView)
            #expect(model.update(.keys(keys(text))).isEmpty)
            #expect((model.context, model.focus, model.mainView) == before)
            #expect(model.view().text.contains("pasted text does nothing here"))
        }
    }

    @Test func unmarkedTextThatComesInPiecesDoesNothing() {
        var model = model()
        for piece in ["some long te", "S", "y", "P", "q", "k"] {
            #expect(model.update(.keys(keys(piece))).isEmpty)
            #expect(model.context == .main)
            wait(0.02, &model)
        }
        #expect(model.view().text.contains("pasted text does nothing here: 17 characters"))
        _ = model.update(.key(.down))
        #expect(model.view().text.contains("▸■ l lora-r16"), "an arrow is no text")
        _ = model.update(.key(.up))
        wait(0.1, &model)
        #expect(model.update(.key("P")) == [.command(.pause, arm: "full")])
    }

    @Test(arguments: ["PES", "SyP", "qk\n", "kill", "git", "LR2", "PP E", "Sys"])
    func aFewCharactersAtOnceCommandNothing(_ text: String) {
        var model = model()
        #expect(model.update(.keys(keys(text))).isEmpty)
        #expect(model.context == .main)
    }

    @Test func keysThatWereNotObeyedAreNamed() {
        var model = model()
        _ = model.update(.keys(keys("PjSP")))
        #expect(model.view().text.contains("as pasted text: not obeyed: P S"))
        #expect(model.view().text.contains("▸■ l lora-r16"), "looking around is no command")
    }

    @Test func rateFieldTakesWhatFitsOfAPaste() {
        for isMarked in [true, false] {
            var model = model()
            _ = model.update(.key("L"))
            wait(0.2, &model)
            let text = " 0.00025\n\n"
            _ = model.update(isMarked ? .paste(text) : .keys(keys(text)))
            #expect(model.context == .ratePrompt, "a pasted line end is no Enter")
            wait(0.2, &model)
            #expect(model.update(.key(.enter)) == [.command(.setLearningRate(2.5e-4), arm: "full")])
        }
    }

    @Test func rateFieldSaysWhatDoesNotFit() {
        var model = model()
        _ = model.update(.key("L"))
        _ = model.update(.paste("a whole sentence that nobody\u{7}meant"))
        #expect(model.view().text.contains("no more than 16 characters fit"))
        #expect(model.view().text.contains("awholesentenceth_"))
    }

    // MARK: - Typing is never eaten

    @Test func keyThatIsHeldDownIsObeyed() {
        var model = model()
        _ = model.update(.keys(keys(String(repeating: "j", count: 40))))
        #expect(model.view().text.contains("▸■ r lora-r8"))
        _ = model.update(.keys(Array(repeating: .up, count: 40)))
        #expect(model.view().text.contains("▸■ f full"))
        #expect(model.update(.keys(keys("PPPPPPPPPPPP"))) == [.command(.pause, arm: "full")])
    }

    @Test func twoKeysAtOnceAreObeyed() {
        var model = model()
        #expect(model.update(.keys(["j", "P"])) == [.command(.pause, arm: "lora-r16")])
        #expect(model.update(.keys([.up, .up, "C"])) == [.command(.checkpoint, arm: "full")])
    }

    @Test func quickTypingInTheFieldIsTaken() {
        var model = model()
        _ = model.update(.key("L"))
        wait(0.05, &model)
        _ = model.update(.key("2"))
        wait(0.2, &model)
        let effects = model.update(.keys(keys("e-4\n")))
        #expect(effects == [.command(.setLearningRate(2e-4), arm: "full")])
    }

    // MARK: - Dialogs

    @Test(arguments: [("q", "s"), ("q", "k"), ("S", "y"), ("S", "P")] as [(Key, Key)])
    func dialogTakesNoAnswerAtOnce(opening: Key, answer: Key) {
        for (seconds, isHeard) in [(0.14, false), (0.16, true)] {
            var model = model()
            #expect(model.update(.keys([opening, answer])).isEmpty)
            #expect(model.view().text.contains("not heard: \(answer.label)"))
            wait(seconds, &model)
            let effects = model.update(.key(answer))
            #expect((!effects.isEmpty || model.context == .killDialog) == isHeard)
            #expect(isHeard || model.context == (opening == "q" ? .quitDialog : .stopDialog))
        }
    }

    @Test func dialogAfterADialogTakesNoAnswerAtOnceEither() {
        var model = model()
        _ = model.update(.key("q"))
        wait(0.2, &model)
        #expect(model.update(.keys(["k", "y"])).isEmpty)
        #expect(model.update(.key("y")).isEmpty)
        wait(0.2, &model)
        #expect(model.update(.key("y")) == [.quit(.kill)])
    }

    @Test func dialogCanBeClosedAtOnceButNotByTheSameRead() {
        var model = model()
        _ = model.update(.keys(["q", "n"]))
        #expect(model.context == .quitDialog)
        _ = model.update(.key(.escape))
        #expect(model.context == .main)
    }

    @Test func dialogsGoWhenTheRunEnds() {
        for opening in [["q"], ["q", "k"], ["S"], ["L"]] as [[Key]] {
            var model = model()
            for key in opening {
                _ = model.update(.key(key))
                wait(0.2, &model)
            }
            #expect(model.overlay != nil)
            _ = model.update(.event(StampedEvent(seconds: 140, event: .finished(.completed))))
            #expect(model.overlay == nil)
        }
    }

    @Test func heldControlCNeverAborts() {
        var model = model()
        wait(10, &model)
        var effects = model.update(.key(.control("c")))
        wait(0.5, &model)
        for _ in 0..<50 {
            effects += model.update(.keys([.control("c"), .control("c")]))
            wait(0.04, &model)
        }
        #expect(effects == [.quit(.stopAfterCheckpoint)])
        wait(0.3, &model)
        #expect(model.update(.key(.control("c"))) == [.quit(.kill)])
    }
}
