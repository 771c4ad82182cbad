/// What `adapter_config.json` says of an adapter, under PEFT's keys where PEFT has the method.
package struct AdapterConfiguration: Encodable, Sendable, Equatable {
    /// A value of the file.
    package enum Value: Encodable, Sendable, Equatable {
        case text(String)
        case texts([String])
        case integer(Int)
        case number(Double)
        case flag(Bool)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .texts(let texts): try container.encode(texts)
            case .integer(let integer): try container.encode(integer)
            case .number(let number): try container.encode(number)
            case .flag(let flag): try container.encode(flag)
            }
        }
    }

    package var values: [String: Value]

    /// - Parameters:
    ///   - type: PEFT's name of the method, or ours where it has none.
    ///   - values: The method's own keys.
    package init(_ type: String, _ values: [String: Value]) {
        let common: [String: Value] = [
            "peft_type": .text(type), "task_type": .text("CAUSAL_LM"), "bias": .text("none"),
        ]
        self.values = common.merging(values) { $1 }
    }

    package func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}
