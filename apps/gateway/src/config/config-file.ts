import { readFileSync } from 'node:fs'
import { ConfigError } from './config-error.ts'
import { type ConfigTree, isTree } from './config-tree.ts'
import { doubledKeys } from './doubled-keys.ts'
import { whyUnreadable } from './named-file.ts'

/**
 * Reads a configuration file without checking its keys.
 *
 * @throws {ConfigError} it cannot be read, holds no JSON object, or has a key twice; where it is missing, with an example
 */
export function readConfigFile(file: string, example: () => string): ConfigTree {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const code = String((cause as NodeJS.ErrnoException).code)
    if (code !== 'ENOENT')
      throw new ConfigError([
        `--config ${file}: ${whyUnreadable(cause)}; expected a JSON file, like gateway.config.json`,
      ])
    throw new ConfigError(
      [`${file}: there is no such file; make it, or name another with --config`],
      `A complete example, to be saved as ${file} and changed (docs/configuration.md has every key):\n\n${example()}`,
    )
  }
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch (cause) {
    throw new ConfigError([`${file}: is not JSON: ${placeOf(cause, text)}`])
  }
  if (!isTree(tree)) {
    const found = Array.isArray(tree) ? 'a list' : tree === null ? 'null' : `a ${typeof tree}`
    throw new ConfigError([`${file}: found ${found}; expected an object of sections`])
  }
  const doubled = doubledKeys(text)
  if (doubled.length > 0)
    throw new ConfigError(
      doubled.map(
        ({ path, lines: [first, second] }) =>
          `${path.join('.')}: is twice in ${file}, on lines ${first} and ${second}; keep one`,
      ),
    )
  return tree
}

/** Where the JSON is invalid. The parser's own message quotes the text there, which may contain a secret. */
function placeOf(cause: unknown, text: string): string {
  const message = cause instanceof Error ? cause.message : ''
  if (message.includes('end of JSON input')) return 'it ends too early'
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position === undefined)
    return `unexpected ${/^Unexpected token (.+?),/.exec(message)?.[1] ?? 'text'}`
  const before = text.slice(0, Number(position)).split('\n')
  return `look at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}
