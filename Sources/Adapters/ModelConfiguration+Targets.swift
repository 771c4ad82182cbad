internal import Models

extension ModelConfiguration {
    /// The sum of a number that each target of each layer has by its shape [out, in].
    func sum(
        over targets: Set<Projection>, _ number: (_ shape: (rows: Int, columns: Int)) -> Int
    ) -> Int {
        layerCount * projections(among: targets).reduce(0) { $0 + number(shape(of: $1)) }
    }
}
