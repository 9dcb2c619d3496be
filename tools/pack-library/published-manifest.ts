export interface Manifest {
  readonly files: readonly string[]
  readonly repository: { readonly url: string; readonly directory: string }
  readonly publishConfig?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

/** Fields that only this repository needs. */
const inside = ['private', 'scripts', 'devDependencies']

/** npm's own settings in `publishConfig`, which stay there. */
const npmSettings = ['access', 'provenance', 'registry', 'tag']

/**
 * The manifest of a published package: `publishConfig` wins over the fields of the same name, as in pnpm and yarn. (npm itself reads
 * only its own settings there.)
 */
export function toPublishedManifest(manifest: Manifest): Readonly<Record<string, unknown>> {
  const { publishConfig = {}, ...fields } = manifest
  const settings = Object.entries(publishConfig)
  const isNpmSetting = ([name]: [string, unknown]) => npmSettings.includes(name)
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !inside.includes(name))),
    ...Object.fromEntries(settings.filter((setting) => !isNpmSetting(setting))),
    publishConfig: Object.fromEntries(settings.filter(isNpmSetting)),
  }
}
