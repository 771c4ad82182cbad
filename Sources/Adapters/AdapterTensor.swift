internal import Models
internal import Tensors

/// A tensor of an adapter before there is room for it.
struct AdapterTensor {
    /// What the names of a model's own modules begin with in PEFT's files.
    static let prefix = "base_model.model."

    /// The name in PEFT's files.
    let name: String
    /// The name in files that earlier versions wrote, where it was another.
    var olderName: String?
    let rows: Int
    let columns: Int
    let isVector: Bool

    init(_ name: String, rows: Int, columns: Int) {
        self.name = name
        self.rows = rows
        self.columns = columns
        isVector = false
    }

    /// A tensor of one dimension.
    init(_ name: String, count: Int) {
        self.name = name
        rows = 1
        columns = count
        isVector = true
    }

    /// A parameter of a model that is stored whole beside an adapter.
    init(whole declaration: ParameterDeclaration) {
        let part = declaration.name.dropFirst(declaration.storedModule.count)
        name = Self.prefix + declaration.module + part
        olderName = Self.prefix + declaration.name
        rows = declaration.rows
        columns = declaration.columns
        isVector = declaration.storedShape.count == 1
    }

    /// The shape in files: vectors have one dimension.
    var storedShape: [Int] { isVector ? [columns] : [rows, columns] }

    /// What a file calls it; nil if the file has it not.
    func storedName(in file: some WeightFile) -> String? {
        Self.storedName(of: [name, olderName].compactMap { $0 }, in: file)
    }

    /// What a file calls a tensor that has one of some names: PEFT puts the adapter's name, `default`,
    /// into them in memory and leaves it out in files; files with it exist.
    static func storedName(of names: [String], in file: some WeightFile) -> String? {
        let forms = names.flatMap { name in
            let stem = name.hasSuffix(".weight") ? String(name.dropLast(".weight".count)) : name
            return [name, stem + ".default.weight", stem + ".default"]
        }
        return forms.first { file.shape(of: $0) != nil }
    }

    /// Room for it, of zeros.
    func parameter(isTrainable: Bool = true) throws(TensorError) -> Parameter {
        try Parameter(
            name, rows: rows, columns: columns, isVector: isVector, isTrainable: isTrainable)
    }
}
