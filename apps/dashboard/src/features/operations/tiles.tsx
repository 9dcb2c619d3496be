import type { TileView } from '@authscript/prior-auth'
import { figureWords } from './figure-words.ts'
import { Sparkline } from './sparkline.tsx'

type Figure = TileView['figures'][number]

const strokes = ['stroke-accent', 'stroke-quiet', 'stroke-warn', 'stroke-bad'] as const
/** The colour of a figure's line, as a dot before its label. */
const dots = ['bg-accent', 'bg-quiet', 'bg-warn', 'bg-bad'] as const

export function Tiles({ tiles }: { tiles: readonly TileView[] }) {
  return (
    <section className="grid grid-cols-2 gap-3 max-[339px]:grid-cols-1 min-[760px]:grid-cols-3 min-[1280px]:grid-cols-6">
      <h2 className="sr-only">Figures of all nodes</h2>
      {tiles.map((tile) => (
        <Tile key={tile.name} tile={tile} />
      ))}
    </section>
  )
}

function Tile({ tile }: { tile: TileView }) {
  const drawn = tile.figures.filter(({ history }) => history.some((value) => value !== null))
  const colourOf = (figure: Figure) => {
    const index = drawn.indexOf(figure)
    return index === -1 ? undefined : index % strokes.length
  }
  return (
    <article
      data-tile={tile.name}
      className="flex min-w-0 flex-col rounded-xl border border-line bg-panel p-3"
    >
      <h3 className="text-xs font-medium text-soft">{tile.title}</h3>
      <dl className="mt-1 grid grow grid-cols-[max-content_minmax(0,1fr)] content-start items-baseline gap-x-2">
        {tile.figures.map((figure, index) => {
          const colour = colourOf(figure)
          return (
            <div key={figure.name} className="contents">
              <dt
                style={{ gridRow: index + 1 }}
                className="col-start-2 flex min-w-0 items-center gap-1.5 text-xs text-soft"
              >
                {colour !== undefined && drawn.length > 1 && (
                  <span aria-hidden className={`size-2 shrink-0 rounded-full ${dots[colour]}`} />
                )}
                {figure.label}
              </dt>
              <dd
                style={{ gridRow: index + 1 }}
                className={`col-start-1 min-w-11 font-semibold whitespace-nowrap tabular-nums ${index === 0 ? 'text-xl' : ''}`}
              >
                {figureWords(figure)}
              </dd>
            </div>
          )
        })}
      </dl>
      <div className="mt-2">
        <Sparkline
          lines={drawn.map((figure, index) => ({
            name: figure.name,
            values: figure.history,
            stroke: strokes[index % strokes.length] ?? strokes[0],
          }))}
        />
        <p className="flex justify-between text-[11px] text-soft">
          <span>an hour ago</span>
          <span>now</span>
        </p>
      </div>
      <details className="mt-1 text-xs">
        <summary className="cursor-pointer rounded text-soft hover:text-ink">
          PromQL<span className="sr-only"> of {tile.title}</span>
        </summary>
        <ul className="mt-1 space-y-1">
          {tile.promQl.map((query) => (
            <li key={query}>
              <code className="block rounded bg-sunken p-1.5 font-mono break-all select-all">
                {query}
              </code>
            </li>
          ))}
        </ul>
      </details>
    </article>
  )
}
