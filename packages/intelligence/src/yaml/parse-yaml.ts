import { CORE_SCHEMA, load } from 'js-yaml'

/**
 * The value of a YAML text; JSON is YAML too. Days stay strings.
 *
 * @throws {Error} the text is no YAML, or a mapping holds a key twice; the first line of the message names the place
 */
export function parseYaml(text: string): unknown {
  return load(text, { schema: CORE_SCHEMA })
}
