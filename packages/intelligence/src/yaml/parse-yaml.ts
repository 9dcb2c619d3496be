import { CORE_SCHEMA, load } from 'js-yaml'

/**
 * The value of a YAML or JSON text. Days stay strings.
 *
 * @throws {Error} the text is not YAML, or a mapping contains a key twice; the first line of the message names
 * the position
 */
export function parseYaml(text: string): unknown {
  return load(text, { schema: CORE_SCHEMA })
}
