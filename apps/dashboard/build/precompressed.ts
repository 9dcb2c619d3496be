import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Smaller files fit into one packet as they are. */
const minBytes = 1024

/** Writes each text file also as `.br` and `.gz`, so that the gateway never compresses while it answers. */
export function precompressed(): Plugin {
  let directory: string
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      handler() {
        for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
          const path = join(directory, name)
          if (!/\.(?:js|mjs|css|html|svg)$/.test(name) || statSync(path).size < minBytes) continue
          const content = readFileSync(path)
          writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
          writeFileSync(
            `${path}.br`,
            brotliCompressSync(content, {
              params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
            }),
          )
        }
      },
    },
  }
}
