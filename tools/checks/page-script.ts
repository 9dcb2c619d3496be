import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The script that a browser needs before the work queue shows anything. */
export interface PageScript {
  /** Under the folder of the build. */
  readonly files: readonly string[]
  readonly gzipBytes: number
}

/** Follows the static imports from the page's HTML. What is imported when it is used, or when the browser has time, is not part of it. */
export function pageScript(dist: string): PageScript {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const files = new Set<string>()
  const follow = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    for (const imported of staticImportsOf(readFileSync(join(dist, file), 'utf8')))
      follow(join('assets', imported))
  }
  for (const [, file = ''] of html.matchAll(/<script [^>]*src="\/([^"]+\.js)"/g)) follow(file)
  const sizes = [...files].map(
    (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
  )
  return { files: [...files], gzipBytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** The build puts all chunks into one folder, and imports at their beginning. */
export function staticImportsOf(code: string): readonly string[] {
  return [...code.matchAll(/(?:^|[;}\n])import(?:[^"'()]*?from)?\s*["']\.\/([^"']+)["']/g)].map(
    ([, file = '']) => file,
  )
}
