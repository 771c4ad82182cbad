import CNcurses
import Dashboard
import Foundation
import Terminal
import Testing

@Suite struct ColorSchemeTests {
    private static let roles: [CellColor] =
        [.standard, .dim, .good, .warning, .alert, .accent] + (0..<12).map(CellColor.arm)

    @Test("the 256 colours keep a contrast of 3 to 1 on black and on white")
    func middleColorsAreReadableOnBothBackgrounds() {
        for color in ColorScheme(colorCount: 256).foregrounds {
            let luminance = relativeLuminance(ofColor: Int(color))
            #expect((luminance + 0.05) / 0.05 >= 3, "colour \(color) on black")
            #expect(1.05 / (luminance + 0.05) >= 3, "colour \(color) on white")
        }
    }

    @Test("8 colours do without black, yellow and white, and use blue only bold")
    func eightColorsAvoidUnreadableOnes() {
        let scheme = ColorScheme(colorCount: 8)
        #expect(Set(scheme.foregrounds).isDisjoint(with: [0, 3, 7]))
        for role in Self.roles {
            let appearance = scheme.appearance(of: CellStyle(role))
            guard appearance.pair > 0, scheme.foregrounds[Int(appearance.pair) - 1] == 4 else {
                continue
            }
            #expect(appearance.attributes & Int32(SCREEN_BOLD) != 0)
        }
    }

    @Test(
        "six arms look different with 8 colours, twelve with 256, then the colours repeat",
        arguments: [(8, 6), (256, 12)])
    func armsDiffer(colorCount: Int, count: Int) {
        let scheme = ColorScheme(colorCount: colorCount)
        let looks = (0..<count).map { scheme.appearance(of: CellStyle(.arm($0))) }
        for first in looks.indices {
            for second in looks.indices where second > first {
                #expect(looks[first] != looks[second])
            }
        }
        #expect(scheme.appearance(of: CellStyle(.arm(count))) == looks[0])
        #expect(scheme.appearance(of: CellStyle(.arm(-1))) == looks[count - 1])
    }

    @Test("the hues of arms stand for nothing else", arguments: [8, 256])
    func huesAreOfArms(colorCount: Int) {
        let scheme = ColorScheme(colorCount: colorCount)
        let taken = Set((0..<12).map { scheme.appearance(of: CellStyle(.arm($0))).pair })
        for role in [CellColor.dim, .good, .warning, .alert, .accent] {
            let pair = scheme.appearance(of: CellStyle(role)).pair
            #expect(pair == 0 || !taken.contains(pair), "\(role)")
        }
    }

    @Test("every pair in use is defined", arguments: [0, 1, 8, 16, 88, 256, 1 << 24])
    func pairsAreDefined(colorCount: Int) {
        let scheme = ColorScheme(colorCount: colorCount)
        for role in Self.roles {
            let pair = Int(scheme.appearance(of: CellStyle(role)).pair)
            #expect((0...scheme.foregrounds.count).contains(pair))
        }
        if colorCount < 8 { #expect(scheme.foregrounds.isEmpty) }
    }

    @Test("what is faint is dimmed in its own hue")
    func faintKeepsItsHue() {
        for colorCount in [0, 8, 256] {
            let scheme = ColorScheme(colorCount: colorCount)
            let (plain, faint) = (
                scheme.appearance(of: CellStyle(.arm(3))),
                scheme.appearance(of: CellStyle(.arm(3), faint: true))
            )
            #expect(faint.pair == plain.pair)
            #expect(faint.attributes == plain.attributes | Int32(SCREEN_DIM))
        }
    }

    @Test("bold and reverse are added to a role's own attributes")
    func attributesAreAdded() {
        let style = CellStyle(.dim, bold: true, reversed: true)
        let appearance = ColorScheme(colorCount: 0).appearance(of: style)
        #expect(appearance.attributes == Int32(SCREEN_BOLD | SCREEN_DIM | SCREEN_REVERSED))
    }
}

/// Relative luminance (WCAG 2.2) of a colour of the 6x6x6 cube or the grey ramp of xterm.
private func relativeLuminance(ofColor number: Int) -> Double {
    let levels = [0, 95, 135, 175, 215, 255]
    let components: [Int]
    if number >= 232 {
        components = Array(repeating: 8 + 10 * (number - 232), count: 3)
    } else {
        let index = number - 16
        components = [levels[index / 36], levels[index / 6 % 6], levels[index % 6]]
    }
    let linear = components.map { component in
        let value = Double(component) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}
