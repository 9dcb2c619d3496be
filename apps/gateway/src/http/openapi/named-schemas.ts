import * as domain from '@authscript/prior-auth'
import { z } from 'zod'

/** Every schema of the domain package, by its name: the document describes each once and refers to it. */
export function nameSchemas(): z.core.$ZodRegistry<z.core.GlobalMeta> {
  const registry = z.registry<z.core.GlobalMeta>()
  const described = registry._map
  const readOwn = described.get.bind(described)
  const hasOwn = described.has.bind(described)
  // Descriptions of the parts, which are in the registry that all schemas share.
  described.get = (schema) => readOwn(schema) ?? z.globalRegistry._map.get(schema)
  described.has = (schema) => hasOwn(schema) || z.globalRegistry._map.has(schema)
  for (const [name, schema] of Object.entries(domain))
    if (schema instanceof z.ZodType)
      registry.add(schema, { ...z.globalRegistry.get(schema), id: componentName(name) })
  return registry
}

const componentName = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`
