import Kernels
import Testing

@Suite struct MatrixProductTests {
    @Test("a list of products in every layout and by every path takes time and counts its work")
    func timer() {
        let products = [false, true].flatMap { left in
            [false, true].map { right in
                MatrixProduct(
                    rows: 70, inner: 33, columns: 51, leftTransposed: left, rightTransposed: right)
            }
        }
        let timer = ProductTimer(products + [MatrixProduct(rows: 3, inner: 200, columns: 2)])
        #expect(timer.flops == Double(4 * 2 * 70 * 33 * 51 + 2 * 3 * 200 * 2))
        for path in MatrixProduct.Path.allCases {
            #expect(timer.medianSeconds(path, runs: 3) > 0)
        }
    }
}
