import { dirname, join } from 'node:path/posix'
import type { Plugin } from 'vite'

type Chunks = Readonly<Record<string, { readonly imports: readonly string[] }>>

const dynamicImport = /\bimport\(([`"'])\.\/([^`"']+\.js)\1\)/g

/**
 * Fetches the files of a lazy part before it is imported. A browser remembers a module that could not be loaded, and never tries again: a part
 * whose script was once out of reach, or a file that it shares with others, would stay broken until the page is reloaded. What was fetched is
 * in the browser's cache when it is imported.
 */
export function loadableParts(): Plugin {
  return {
    name: 'loadable-parts',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const outputs = Object.values(bundle).filter((output) => output.type === 'chunk')
        const chunks: Chunks = Object.fromEntries(outputs.map((one) => [one.fileName, one]))
        const loaded = new Set(
          outputs
            .filter(({ isEntry }) => isEntry)
            .flatMap((one) => [...filesOf(one.fileName, chunks)]),
        )
        for (const chunk of outputs) {
          const directory = dirname(chunk.fileName)
          chunk.code = chunk.code.replaceAll(dynamicImport, (found, _quote, file: string) => {
            const files = [...filesOf(join(directory, file), chunks)].filter(
              (path) => !loaded.has(path),
            )
            const addresses = files.map((path) => `"./${path.slice(directory.length + 1)}"`).join()
            return `Promise.all([${addresses}].map(e=>fetch(new URL(e,import.meta.url)).then(e=>e.ok?e.blob():Promise.reject(e)))).then(()=>${found})`
          })
        }
      },
    },
  }
}

/** A chunk and all that it imports at once. */
function filesOf(file: string, chunks: Chunks, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known
  known.add(file)
  for (const imported of chunks[file]?.imports ?? []) filesOf(imported, chunks, known)
  return known
}
