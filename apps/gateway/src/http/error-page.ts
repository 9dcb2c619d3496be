import type { ErrorCatalogue } from '../operations/error-catalogue.ts'
import type { App, RouteDependencies } from './routes.ts'

/** docs/errors.md as a page of this gateway, with an anchor for each code. It says nothing of this installation, so nobody signs in. */
export function addErrorPage(
  app: App,
  dependencies: Pick<RouteDependencies, 'errorCatalogue'>,
): void {
  let page: string | undefined
  app.get(
    '/docs/errors',
    { schema: { operationId: 'getErrorPage', hide: true } },
    (_request, reply) => {
      page ??= toErrorPage(dependencies.errorCatalogue)
      return reply.type('text/html; charset=utf-8').send(page)
    },
  )
}

function toErrorPage(catalogue: ErrorCatalogue): string {
  const sections = [...Map.groupBy(catalogue.values(), ({ section }) => section)]
  const body = sections
    .map(
      ([section, errors]) =>
        `<h2>${toHtml(section)}</h2><dl>${errors
          .map(
            ({ code, when, remedy }) =>
              `<dt id="${code}"><code>${code}</code></dt><dd>${toHtml(when)}${
                remedy === undefined ? '' : `<p><b>What to do:</b> ${toHtml(remedy)}</p>`
              }</dd>`,
          )
          .join('')}</dl>`,
    )
    .join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Errors · AuthScript</title><style>${style}</style></head><body><main><h1>Errors</h1>${body}</main></body></html>`
}

const style = `:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;background:light-dark(#f5f7f9,#0c1116);color:light-dark(#15202b,#e8eef3)}
dt{margin-top:1rem;font-weight:600;scroll-margin-top:1rem}dd{margin:0}dd p{margin:.25rem 0}
dt:target{background:light-dark(#fbe7a1,#5a4a12)}code{overflow-wrap:anywhere}`

/** Text with `code` in backticks. */
function toHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('**', '')
}
