package import Foundation
internal import Platform
internal import Tensors

extension Transformer {
    /// A frozen model with the weights of a file.
    ///
    /// The list of tensors is compared before room is made for any. Looking for numbers that are
    /// not finite takes another pass over each tensor, a quarter of a second for a gigabyte of them,
    /// and a trial of a few tokens.
    ///
    /// - Parameters:
    ///   - configuration: The model's sizes.
    ///   - file: Tensors under Hugging Face names.
    ///   - path: The file's name for error messages.
    /// - Returns: The model.
    /// - Throws: `ModelFolderError.badTensors` naming every tensor that is missing, does not fit, has no
    ///   place in the model or is not finite; `WeightFileError`, `TensorError.outOfMemory`.
    package static func load(
        _ configuration: ModelConfiguration, from file: any WeightFile, path: String
    ) throws -> Transformer {
        let list = TensorList(configuration)
        var problems = list.problems(in: file)
        guard problems.isEmpty else { throw ModelFolderError.badTensors(path: path, problems) }
        try TensorError.require(bytes: configuration.memoryBytes)
        let model = try Transformer(configuration) { declaration in
            let parameter = try Parameter(declaration, isTrainable: false)
            try file.read(declaration.name, into: parameter.storage.buffer)
            if let problem = file.problem(withValuesOf: parameter, declaration.name) {
                problems.append(problem)
            }
            return parameter
        }
        if list.hasSpareHead(file),
            let problem = try file.problem(ofHeadBeside: model.head, configuration)
        {
            problems.append(problem)
        }
        guard problems.isEmpty else { throw ModelFolderError.badTensors(path: path, problems) }
        try model.checkOutput(path: path)
        return model
    }

    /// Checks the weights of a file for a model of these sizes, without making one.
    ///
    /// - Parameters:
    ///   - configuration: The model's sizes.
    ///   - file: Tensors under Hugging Face names.
    ///   - path: The file's name for error messages.
    ///   - readsValues: Whether the numbers are read too, one tensor after the other, or the list of
    ///     tensors alone.
    /// - Throws: As ``load(_:from:path:)``.
    package static func check(
        _ configuration: ModelConfiguration, in file: any WeightFile, path: String,
        readsValues: Bool = false
    ) throws {
        let list = TensorList(configuration)
        var problems = list.problems(in: file)
        if readsValues, problems.isEmpty {
            problems = try file.tensorNames.compactMap { name in
                file.problem(withValuesOf: try file.tensor(name), name)
            }
            if list.hasSpareHead(file) {
                let table = try file.tensor(configuration.declaration(.embedding).name)
                problems += try file.problem(ofHeadBeside: table, configuration).map { [$0] } ?? []
            }
        }
        guard problems.isEmpty else { throw ModelFolderError.badTensors(path: path, problems) }
    }

    /// Writes `config.json` and the weights into a folder as Hugging Face reads them, in several files
    /// with an index where one would be too large.
    ///
    /// - Parameters:
    ///   - folder: Where; it has no weights yet.
    ///   - largestFile: The bytes of weights that a file has at most.
    /// - Throws: `WeightFileError`, `FileError`.
    package func save(
        toFolder folder: URL, largestFile: Int = WeightFolderWriter.largestFile
    ) throws {
        try Folder.create(folder)
        try HuggingFaceConfiguration.write(
            configuration, to: folder.appending(path: HuggingFaceConfiguration.fileName))
        var writer = WeightFolderWriter(largestFile: largestFile)
        for parameter in parameters {
            writer.add(
                parameter.name, shape: parameter.storedShape,
                values: UnsafeBufferPointer(parameter.storage.buffer))
        }
        try writer.write(toFolder: folder)
    }
}

extension Parameter {
    /// A declared parameter, of zeros.
    convenience init(
        _ declaration: ParameterDeclaration, isTrainable: Bool
    ) throws(TensorError) {
        try self.init(
            declaration.name, rows: declaration.rows, columns: declaration.columns,
            isVector: declaration.role.isVector, isTrainable: isTrainable)
    }
}
