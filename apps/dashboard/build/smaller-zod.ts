import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const jsonSchema = /[\\/]zod[\\/]v4[\\/]core[\\/](?:json-schema-processors|to-json-schema)\.js$/
const classicSchemas = /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/
/** The methods of `z.string()` for formats. `z.email()` and its like are functions of their own and stay. */
const stringFormats =
  /(\$constructor\("ZodString", \(inst, def\) => \{[^}]*\}, )\{\n {4}email\([\s\S]*?\n\}\);/

/**
 * Leaves out of the build what the page never uses and a bundler cannot see: every schema of Zod refers to the writer of JSON Schema, and
 * every string to all formats. This is a third of Zod. A release of Zod that looks different fails the build.
 */
export function smallerZod(): Plugin {
  return {
    name: 'smaller-zod',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!jsonSchema.test(id)) return undefined
      const names = [
        ...readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm),
      ].map(([, name]) => name)
      return names.map((name) => `export const ${name} = () => undefined`).join('\n')
    },
    transform(code, id) {
      if (!classicSchemas.test(id)) return undefined
      const smaller = code.replace(stringFormats, '$1{});')
      if (smaller === code) this.error('zod/v4/classic/schemas.js has another form than expected')
      return { code: smaller, map: null }
    },
  }
}
