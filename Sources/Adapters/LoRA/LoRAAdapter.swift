internal import Models
package import Tensors

/// The low-rank pair beside one projection.
package final class LoRAAdapter: LinearAdapter {
    /// [rank, in], `lora_A` in PEFT's files.
    package let a: Parameter
    /// [out, rank], `lora_B` in PEFT's files.
    package let b: Parameter
    let scale: Float
    let site: AdapterSite

    /// Both matrices at a place.
    static func tensors(at place: AdapterPlace, rank: Int) -> [AdapterTensor] {
        [tensorA(at: place, rank: rank), tensorB(at: place, rank: rank)]
    }

    private static func tensorA(at place: AdapterPlace, rank: Int) -> AdapterTensor {
        AdapterTensor(place.name + ".lora_A.weight", rows: rank, columns: place.columns)
    }

    private static func tensorB(at place: AdapterPlace, rank: Int) -> AdapterTensor {
        AdapterTensor(place.name + ".lora_B.weight", rows: place.rows, columns: rank)
    }

    init(_ site: AdapterSite, rank: Int, scale: Double) throws(TensorError) {
        a = try Self.tensorA(at: site.place, rank: rank).parameter()
        b = try Self.tensorB(at: site.place, rank: rank).parameter()
        self.scale = Float(scale)
        self.site = site
    }

    package var parameters: [Parameter] { [a, b] }

    package func forward(_ input: Tensor, base: Parameter, on tape: Tape) -> Tensor {
        let output = tape.linear(input, weight: base)
        let inner = tape.linear(site.dropout(input, on: tape), weight: a)
        tape.addLinear(inner, weight: b, scale: scale, into: output)
        return output
    }

    /// W₀ + scale·B·A.
    package func merge(into weight: Parameter) { weight.addProduct(b, a, scale: scale) }
}
