import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const jsonSchema = /[\\/]zod[\\/]v4[\\/]core[\\/](?:json-schema-processors|to-json-schema)\.js$/
const english = /[\\/]zod[\\/]v4[\\/]locales[\\/]en\.js$/
const classicSchemas = /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/

/** What is replaced in the file of the schemas, each exactly once or the build fails. */
const replacements: readonly (readonly [found: RegExp, by: string])[] = [
  // The methods of `z.string()` for formats. `z.email()` and its like are functions of their own and stay.
  [
    /(\$constructor\("ZodString", \(inst, def\) => \{[^}]*\}, )\{\n {4}email\([\s\S]*?\n\}\);/,
    '$1{});',
  ],
  // What reads values that contain themselves. No JSON does.
  [
    / {4}if \(!core\.globalConfig\.memoizer\)\n {8}core\.config\(\{ memoizer: core\.memoizer\(\) \}\);\n/,
    '',
  ],
  // The writer of validators in JavaScript, which the content security policy forbids to run.
  [/core\.\$ZodObjectJIT\.init\(/, 'core.$ZodObject.init('],
]

/**
 * Leaves out of the build what the page never uses and a bundler cannot see: every schema of Zod refers to the writer of JSON Schema, to the
 * English sentences about refused values (people read the gateway's), and every string to all formats. This is two fifths of Zod. A release
 * of Zod that looks different fails the build.
 */
export function smallerZod(): Plugin {
  return {
    name: 'smaller-zod',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (english.test(id)) return `export default () => ({ localeError: () => 'invalid' })`
      if (!jsonSchema.test(id)) return undefined
      const names = [
        ...readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm),
      ].map(([, name]) => name)
      return names.map((name) => `export const ${name} = () => undefined`).join('\n')
    },
    transform(code, id) {
      if (!classicSchemas.test(id)) return undefined
      let smaller = code
      for (const [found, by] of replacements) {
        if (!found.test(smaller))
          this.error(`zod/v4/classic/schemas.js has a form other than expected: ${found.source}`)
        smaller = smaller.replace(found, by)
      }
      return { code: smaller, map: null }
    },
  }
}
