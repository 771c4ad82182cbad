/// The parameters of a model, from its sizes, its design and its family's names.
extension ModelConfiguration {
    /// All parameters, each once, in the order of the forward pass.
    package var parameters: [ParameterDeclaration] {
        [declaration(.embedding)] + (0..<layerCount).flatMap(parameters(ofLayer:))
            + outerRoles.dropFirst().map { declaration($0) }
    }

    /// Those of one layer.
    package func parameters(ofLayer layer: Int) -> [ParameterDeclaration] {
        layerRoles.map { declaration($0, layer: layer) }
    }

    /// Those outside the layers.
    package var outerParameters: [ParameterDeclaration] { outerRoles.map { declaration($0) } }

    /// One parameter, whether the model has it or not.
    package func declaration(_ role: ParameterRole, layer: Int? = nil) -> ParameterDeclaration {
        let shape = shape(of: role)
        return ParameterDeclaration(
            name: family.names.name(role, layer: layer),
            module: family.names.module(role, layer: layer), role: role, layer: layer,
            rows: shape.rows, columns: shape.columns)
    }

    var layerRoles: [ParameterRole] {
        func norms(_ place: NormPlace) -> [ParameterRole] {
            design.branchNorms.contains(place) ? normRoles(place) : []
        }
        func layers(_ group: Projection.Group) -> [ParameterRole] {
            projections.filter { $0.group == group }.flatMap(roles(of:))
        }
        let headNorms: [ParameterRole] =
            design.headNorm == nil ? [] : [.norm(.query), .norm(.key)]
        return norms(.beforeAttention) + layers(.attention) + headNorms + norms(.afterAttention)
            + norms(.beforeMLP) + layers(.mlp) + norms(.afterMLP)
    }

    var outerRoles: [ParameterRole] {
        [.embedding] + normRoles(.final) + (tiesEmbeddings ? [] : [.head])
    }

    private func normRoles(_ place: NormPlace) -> [ParameterRole] {
        design.norm == .layer ? [.norm(place), .normBias(place)] : [.norm(place)]
    }

    private func roles(of projection: Projection) -> [ParameterRole] {
        design.biases.contains(projection)
            ? [.weight(projection), .bias(projection)] : [.weight(projection)]
    }

    func shape(of role: ParameterRole) -> (rows: Int, columns: Int) {
        switch role {
        case .embedding, .head: (vocabularySize, hiddenSize)
        case .weight(let projection): shape(of: projection)
        case .bias(let projection): (1, shape(of: projection).rows)
        case .norm(.query): (1, design.headNorm == .eachHead ? headSize : queryWidth)
        case .norm(.key): (1, design.headNorm == .eachHead ? headSize : kvWidth)
        case .norm, .normBias: (1, hiddenSize)
        }
    }
}

/// The projections of a model.
extension ModelConfiguration {
    /// Those of every block, in the order of the forward pass.
    package var projections: [Projection] { design.projections }

    /// Those of them that are among the targets of an adapter.
    package func projections(among targets: Set<Projection>) -> [Projection] {
        projections.filter(targets.contains)
    }

    /// Targets that the model lacks, where not all of their part of the block is meant.
    package func missing(_ targets: Set<Projection>) -> [Projection] {
        let own = Set(projections)
        return Projection.allCases.filter {
            targets.contains($0) && !own.contains($0) && !$0.group.members.isSubset(of: targets)
        }
    }

    /// A projection's module within its layer, as PEFT names it.
    package func path(of projection: Projection) -> String {
        family.names.path(.weight(projection))
    }

    /// [out, in] of a projection.
    package func shape(of projection: Projection) -> (rows: Int, columns: Int) {
        switch projection {
        case .q: (queryWidth, hiddenSize)
        case .k, .v: (kvWidth, hiddenSize)
        case .qkv: (queryWidth + 2 * kvWidth, hiddenSize)
        case .o: (hiddenSize, queryWidth)
        case .gate, .up: (intermediateSize, hiddenSize)
        case .gateUp: (2 * intermediateSize, hiddenSize)
        case .down: (hiddenSize, intermediateSize)
        }
    }
}
