import Testing

@testable import Datasets

/// The language of chat templates; every expected text is what jinja2 3.1 gives with the settings of
/// transformers.
@Suite struct JinjaTests {
    private func render(_ template: String, budget: Int = 1 << 20) throws -> String {
        let items = JinjaMapping([("x", .integer(1)), ("y", .text("b"))])
        var renderer = JinjaRenderer(
            [
                "n": .integer(3), "text": .text("  Hi there \n"),
                "list": .list([.integer(1), .integer(2), .integer(3)]), "map": .mapping(items),
            ], budget: budget)
        try renderer.render(try JinjaTemplateParser.nodes(of: template))
        return JinjaText(renderer.output).string
    }

    @Test(
        "expressions",
        arguments: [
            ("{{ 1 + 2 * 3 - 4 // 3 }}", "6"), ("{{ -7 % 3 }},{{ -7 // 2 }}", "2,-4"),
            ("{{ 'a' ~ 1 ~ none ~ true }}", "a1NoneTrue"), ("{{ 'ab' * 2 + 'c' }}", "ababc"),
            ("{{ 1 if n > 5 else 'no' }}", "no"), ("{{ 'x' if false }}", ""),
            ("{{ not n == 3 or n in list and 'b' in map.y }}", "True"),
            ("{{ 1 < n <= 3 != false }}", "True"), ("{{ list[::-1][0] }}{{ list[-1] }}", "33"),
            ("{{ text.strip()[1:4] }}|{{ 'abc'[-2:] }}", "i t|bc"),
            ("{{ map['x'] + map.get('z', 5) }}", "6"), ("{{ {'a': [1, (2, 3)]}['a'][1][0] }}", "2"),
            ("{{ missing }}|{{ missing is defined }}|{{ map.z is none }}", "|False|False"),
            ("{{ 'x' in missing }}{{ missing | length }}", "False0"),
            ("{{ n is odd and n is not even and n is divisibleby 3 }}", "True"),
            ("{{ text is string and list is iterable and map is mapping }}", "True"),
            ("{{ 'it''s' }}{{ \"\\u00e9\\n\\x41\\q\" }}", "itsé\nA\\q"), ("{{ 1.5 * 2 }}", "3.0"),
            ("{{ 'a' == \"a\" and 1 == 1.0 and [1] == [1] }}", "True"),
        ])
    func expressions(template: String, expected: String) throws {
        #expect(try render(template) == expected, "\(template)")
    }

    @Test(
        "filters and methods",
        arguments: [
            ("{{ text | trim | upper }}", "HI THERE"), ("{{ text.lstrip() | length }}", "10"),
            ("{{ 'a,b,,c'.split(',') | join('|') }}", "a|b||c"),
            ("{{ 'a,b,c'.rsplit(',', 1) | first }}{{ ' a  b '.split() | last }}", "a,bb"),
            ("{{ 'xxaxx'.strip('x') }}{{ 'aXbX'.replace('X', '-', 1) }}", "aa-bX"),
            ("{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith(('x', 'c')) }}", "TrueTrue"),
            ("{{ list | map('string') | join }}{{ list | reverse | list | first }}", "1233"),
            ("{{ [map] | selectattr('y', 'equalto', 'b') | list | length }}", "1"),
            ("{{ [map] | rejectattr('z') | map(attribute='x') | first }}", "1"),
            ("{{ list | select('gt', 1) | join(', ') }}", "2, 3"),
            ("{{ none | default(1) }}", "None"),
            ("{{ none | default('d', true) ~ missing | d('e') }}", "de"),
            ("{{ 'hello world'.title() ~ 'ABC'.capitalize() }}", "Hello WorldAbc"),
            (
                "{{ map | tojson }}{{ ['é\"\\n', none] | tojson }}",
                "{\"x\": 1, \"y\": \"b\"}[\"é\\\"\\n\", null]"
            ),
            ("{{ '12' | int + 1 }}{{ 'x' | int }}", "130"),
            ("{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}", "x=1;y=b;"),
        ])
    func filters(template: String, expected: String) throws {
        #expect(try render(template) == expected, "\(template)")
    }

    @Test(
        "statements and white space",
        arguments: [
            (
                "{% for i in list if i != 2 %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}",
                "11,23"
            ),
            ("{% for i in [] %}x{% else %}none{% endfor %}", "none"),
            (
                "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% elif i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}",
                "02"
            ),
            ("{% set a = 1 %}{% for i in list %}{% set a = i %}{% endfor %}{{ a }}", "1"),
            (
                "{% set ns = namespace(a=0) %}{% for i in list %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}",
                "6"
            ),
            ("{% set a, b = 1, 2 %}{{ b }}{% set c %}-{{ a }}-{% endset %}{{ c | length }}", "23"),
            (
                "{% macro f(a, b='x') %}[{{ a }}{{ b }}]{% endmacro %}{{ f(1) }}{{ f(2, b=3) }}",
                "[1x][23]"
            ),
            ("a\n  {% if true %}\nb\n  {% endif %}\n c\n", "a\nb\n c"),
            ("a\n  {{- 'b' -}}  \n c", "abc"), ("  {%- if true -%}  x  {%+ endif %}\ny", "x  y"),
            ("{# c #}\nx {# d #} y", "x  y"), ("\r\na\r\n", "\na"),
            ("{{ '}}' }}{{ {'a': {}} | length }}", "}}1"),
            ("{% generation %}x{% endgeneration %}{{ loop is defined }}", "xFalse"),
        ])
    func statements(template: String, expected: String) throws {
        #expect(try render(template) == expected, "\(template)")
    }

    @Test(
        "errors name the construct and its line",
        arguments: [
            ("\n{{ raise_exception('no ' + 'tools') }}", "line 2: it says: no tools"),
            ("{{ missing.x }}", "line 1: 'missing' is undefined"),
            ("{{ 'a' + 1 }}", "line 1: '+' stands between a text and a number"),
            ("{{ 'a' + missing }}", "'missing', which is undefined"),
            ("{{ list }}", "a list is printed"),
            ("{{ text | sorted }}", "the filter 'sorted' is not known"),
            ("{{ n is prime }}", "the test 'prime' is not known"),
            ("{{ strftime_now('%Y') }}", "there is no function 'strftime_now'"),
            ("{% block x %}", "the statement {% block %} is not known"),
            ("{% if n %}", "{% endif %} is missing"),
            ("{{ n", "a tag is not closed with }}"), ("{{ 1 / 0 }}", "divided by 0"),
            ("{{ (1 }}", "a tag is not closed"),
            ("{{ 9223372036854775807 + 1 }}", "too large"),
            ("{{ a b }}", "the tag should end here at 'b'"),
            ("{# x", "a comment is not closed"),
            ("{% for a, b in list %}{% endfor %}", "a list is needed, not a number"),
        ])
    func errors(template: String, reason: String) {
        let error = #expect(throws: JinjaError.self) { try render(template) }
        #expect(error?.description.contains(reason) == true, "\(error as Any)")
    }

    @Test("what takes too long, too much or nests too deeply is refused")
    func limits() {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        let nots = String(repeating: "not ", count: 5000)
        let loops = String(repeating: "{% for i in range(99) %}", count: 8)
        let ends = String(repeating: "{% endfor %}", count: 8)
        for template in [
            "{{ \(deep) }}", "{{ \(nots)1 }}", loops + "x" + ends, "{{ 'a' * 999999999 }}",
            "{% for i in range(999999999) %}{% endfor %}",
            String(repeating: "{% if 1 %}", count: 5000),
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
            "{% set ns = namespace(a='aaaaaaaa') %}{% for i in range(64) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
            "{% set ns = namespace(a=[]) %}{% for i in range(999) %}{% set ns.a = [ns.a] %}{% endfor %}",
            "{% set ns = namespace() %}{% set ns.a = ns %}{% set ns.b = [ns] %}",
            "{% set a = 'a' * 9999 %}{{ a.replace('a', a) }}",
        ] {
            #expect(throws: JinjaError.self, "\(template.prefix(60))") { try render(template) }
        }
    }

    @Test("long chains need no depth")
    func chains() throws {
        let sum = Array(repeating: "'a'", count: 3000).joined(separator: " ~ ")
        #expect(try render("{{ (\(sum)) | length }}", budget: 1 << 24) == "3000")
    }
}
