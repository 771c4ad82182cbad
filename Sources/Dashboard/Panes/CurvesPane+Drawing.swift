/// Draws the charts' regions.
extension CurvesPane {
    func draw(_ regions: Layout.Curves, on grid: inout CellGrid, scene: Scene) {
        let isFramed = regions.frame != nil
        if let region = regions.learn {
            let plot = CurvePlot("LEARN", .learn, learn, in: region, scene: scene)
            if let frame = regions.frame {
                grid.frame(frame, title: plot.title(width: frame.columns), glyphs: scene.glyphs)
            } else if let edge = regions.learnTitle {
                let title = plot.title(width: edge.columns)
                grid.rule(edge, title: title, glyphs: scene.glyphs, joins: false)
            }
            plot.draw(on: &grid)
        }
        if let region = regions.forget {
            let plot = CurvePlot("FORGET", .forget, forget, in: region, scene: scene)
            if let edge = regions.forgetTitle {
                let title = plot.title(width: edge.columns)
                grid.rule(edge, title: title, glyphs: scene.glyphs, joins: isFramed)
            }
            plot.draw(on: &grid)
        }
        AxisRuler(
            axis: viewport.axis, range: viewport.range(of: scene.history),
            cursor: viewport.cursor, glyphs: scene.glyphs
        ).draw(in: regions.ruler, on: &grid)
    }
}
