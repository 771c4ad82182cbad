/// The merges that the scores of a SentencePiece model stand for.
///
/// Every piece is made of every two pieces that it is the text of; the higher its score, the sooner.
///
/// Source: huggingface/transformers 5.24, `generate_merges`; google/sentencepiece, `bpe_model.cc`.
struct SentencePieceModel {
    let merges: [(left: String, right: String)]

    private struct Candidate {
        let left: String
        let right: String
        let score: Float
    }

    init(_ pieces: [String], _ scores: [Float], _ types: [Int32]) {
        let normal = pieces.indices.filter { types[$0] == 1 }
        let ids = TokenIDs(normal.map { (pieces[$0], Int32($0)) })
        var candidates: [Candidate] = []
        for index in normal {
            for (left, right) in Self.halves(of: pieces[index])
            where ids[left] != nil && ids[right] != nil {
                candidates.append(Candidate(left: left, right: right, score: scores[index]))
            }
        }
        merges = candidates.sorted {
            $0.score == $1.score
                ? $0.left.utf8.count > $1.left.utf8.count : $0.score > $1.score
        }.map { ($0.left, $0.right) }
    }

    private static func halves(of piece: String) -> [(left: String, right: String)] {
        let scalars = piece.unicodeScalars
        return scalars.indices.dropFirst().map {
            (String(scalars[..<$0]), String(scalars[$0...]))
        }
    }
}
