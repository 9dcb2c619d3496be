import { z } from 'zod'
import { ConfigError } from './config/config-error.ts'
import { readConfigFile } from './config/config-file.ts'
import { type ConfigTree, isSet } from './config/config-tree.ts'
import { overlayEnvironment } from './config/environment.ts'
import { type EffectiveKey, effectiveKeys } from './config/effective-keys.ts'
import { exampleOf } from './config/example.ts'
import { describeIssue } from './config/faults.ts'
import { about } from './config/fields.ts'
import { KeyNames } from './config/key-names.ts'
import { withRules } from './config/key-rules.ts'
import { type KeyNode, toKeyTree } from './config/key-tree.ts'
import { chooseSeedProfile, moveSeedSection } from './config/seed-section.ts'
import { eventsSection } from './events/events-config.ts'
import { clinicalQuerySection, ehrKeys, ehrRules, proxySection } from './fhir/ehr-config.ts'
import { formsSection } from './forms/forms-config.ts'
import { authSection, httpSection } from './http/http-config.ts'
import { pollingKeys } from './intake/polling-config.ts'
import {
  fastEnoughModel,
  intelligenceSection,
  intelligenceServiceVariables,
} from './intelligence/intelligence-config.ts'
import { jobsSection } from './jobs/jobs-config.ts'
import { launchSection, usableLaunch } from './launch/launch-config.ts'
import { logSection } from './log-config.ts'
import { operationsSection } from './operations/operations-config.ts'
import { oidcSection } from './people/oidc-config.ts'
import { practiceSection } from './pipeline/practice-config.ts'
import { attachmentsSection } from './review/attachments-config.ts'
import { databaseSection } from './store/database-config.ts'
import { webhooksSection } from './webhooks/webhooks-config.ts'
import { circuitBreakerSection, orchestratorSection } from './wiring/orchestrator-config.ts'

export { ConfigError } from './config/config-error.ts'

/** Every section, each from the module that owns it. This file has no key of its own. */
const schema = z.strictObject({
  Http: httpSection,
  Database: databaseSection,
  TaskOrchestrator: orchestratorSection,
  Ehr: about(
    withRules(z.strictObject({ ...ehrKeys, ...pollingKeys }), ...ehrRules),
    'The EHR: where it is, how the gateway signs in, how much it asks, and how documents get there. `Athena` is another name of this section, from the first release; it means the profile athenahealth.',
  ),
  Proxy: proxySection,
  Practice: practiceSection,
  ClinicalQuery: clinicalQuerySection,
  Intelligence: intelligenceSection,
  CircuitBreaker: circuitBreakerSection,
  Forms: formsSection,
  Attachments: attachmentsSection,
  Events: eventsSection,
  Jobs: jobsSection,
  Auth: authSection,
  Webhooks: webhooksSection,
  Launch: launchSection,
  Oidc: oidcSection,
  Operations: operationsSection,
  Log: logSection,
})

/** What modules demand of each other's keys. */
const checkedSchema = withRules(schema, fastEnoughModel, usableLaunch)

export type GatewayConfig = z.infer<typeof schema>
export type DatabaseConfig = GatewayConfig['Database']

let keyTree: KeyNode | undefined

/** Every key with its range, default and notes: what errors and docs/configuration.md are made from. */
export const configKeys = (): KeyNode => (keyTree ??= toKeyTree(schema))

/** A complete configuration as JSON, for whoever has none yet. */
export const exampleConfig = (): string => exampleOf(configKeys())

/**
 * Reads `file` (`gateway.config.json`) and the environment over it. Every key can be set by a variable with double underscores
 * between its names (`TaskOrchestrator__WorkerCount=4`, `Auth__Credentials__0__Label=…`).
 *
 * @throws {ConfigError} with every fault at once
 */
export function readConfig(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): GatewayConfig {
  return overlayConfig(readConfigFile(file, exampleConfig), environment)
}

/** Like `readConfig`, with a configuration made in code in place of the file. */
export function overlayConfig(
  base: object,
  environment: NodeJS.ProcessEnv = process.env,
): GatewayConfig {
  return parse(checkedSchema, base, environment)
}

/**
 * Reads where the database is, for commands that need nothing else: the other sections may be unfinished.
 *
 * @throws {ConfigError} with every fault of that section at once
 */
export function readDatabaseConfig(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): DatabaseConfig {
  const base = readConfigFile(file, exampleConfig)
  const config = parse(z.object({ Database: schema.shape.Database }), base, environment)
  const names = namesOfConfigs.get(config)
  if (names !== undefined) namesOfConfigs.set(config.Database, names)
  return config.Database
}

/** For commands that show how the gateway is: whatever else of the configuration may be unfinished. */
export function readOperationsConfig(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): GatewayConfig['Operations'] {
  const base = readConfigFile(file, exampleConfig)
  return parse(z.object({ Operations: schema.shape.Operations }), base, environment).Operations
}

/** The labels of the configured keys, for commands that name people: whatever else of the configuration may be unfinished. */
export function readLabelsOfKeys(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const base = readConfigFile(file, exampleConfig)
  const { Auth } = parse(z.object({ Auth: schema.shape.Auth }), base, environment)
  return Auth.Credentials.map(({ Label }) => Label)
}

/** Checks a configuration made in code, without the environment. */
export function parseConfig(input: object): GatewayConfig {
  return overlayConfig(input, {})
}

const namesOfConfigs = new WeakMap<object, KeyNames>()
const filesOfConfigs = new WeakMap<object, ConfigTree>()

/**
 * A key of a configuration as the operator wrote it, for messages after the configuration was read: `Ehr.FhirBaseUrl`,
 * `Athena.FhirBaseUrl`, or the variable `Ehr__FhirBaseUrl`. Keys with their default are named as in a file.
 *
 * @param key its path with dots, with the sections' own names: `Ehr.FhirBaseUrl`
 */
export function keyName(config: object, key: string): string {
  return namesOfConfigs.get(config)?.nameOf(key.split('.')) ?? key
}

/** Every key of a configuration with its value and where that came from; secrets are masked. */
export function effectiveConfig(config: GatewayConfig): readonly EffectiveKey[] {
  const names = namesOfConfigs.get(config)
  const file = filesOfConfigs.get(config) ?? {}
  return effectiveKeys(configKeys(), config, {
    isVariable: (path) => names?.isVariable(path) ?? false,
    isInFile: (path) => isSet(file, path),
    nameOf: (path) => names?.nameOf(path) ?? path.join('.'),
  })
}

function parse<Output extends object>(
  expected: z.ZodType<Output>,
  base: object,
  environment: NodeJS.ProcessEnv,
): Output {
  const names = new KeyNames()
  const root = configKeys()
  const { tree, faults } = moveSeedSection(structuredClone(base) as ConfigTree, names.seed)
  const ofFile = structuredClone(tree)
  const ofEnvironment = overlayEnvironment(tree, environment, {
    root,
    names,
    foreign: intelligenceServiceVariables,
  })
  chooseSeedProfile(tree, names.seed)

  const parsed = expected.safeParse(tree, { reportInput: true })
  const ofSchema = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) =>
        describeIssue(issue, root, (path) => ({
          name: names.nameOf(path),
          isVariable: names.isVariable(path),
          isSet: isSet(tree, path),
        })),
      )
  const all = [...faults, ...ofEnvironment, ...ofSchema]
  if (!parsed.success || all.length > 0) throw new ConfigError(all)
  namesOfConfigs.set(parsed.data, names)
  filesOfConfigs.set(parsed.data, ofFile)
  return parsed.data
}
