internal import Models

/// One projection of one layer, by which adapters are addressed.
struct AdapterPlace: Hashable {
    let layer: Int
    let projection: Projection
    /// The projection's module, as PEFT names it.
    let module: String
    /// [out, in] of the projection.
    let rows: Int
    let columns: Int

    var shape: (rows: Int, columns: Int) { (rows, columns) }

    /// What the names of the adapter's tensors begin with in PEFT's files.
    var name: String { AdapterTensor.prefix + module }
}

extension ModelConfiguration {
    /// The projections of all layers, in the order of the forward pass.
    var adapterPlaces: [AdapterPlace] {
        (0..<layerCount).flatMap { layer in
            projections.map { projection in
                let declaration = declaration(.weight(projection), layer: layer)
                return AdapterPlace(
                    layer: layer, projection: projection, module: declaration.module,
                    rows: declaration.rows, columns: declaration.columns)
            }
        }
    }

    /// Those of some projections, in every layer.
    func adapterPlaces(of targets: Set<Projection>) -> [AdapterPlace] {
        adapterPlaces.filter { targets.contains($0.projection) }
    }

    /// The sum of a number that each target of each layer has by its shape [out, in].
    func sum(
        over targets: Set<Projection>, _ number: (_ shape: (rows: Int, columns: Int)) -> Int
    ) -> Int {
        layerCount * projections(among: targets).reduce(0) { $0 + number(shape(of: $1)) }
    }
}
