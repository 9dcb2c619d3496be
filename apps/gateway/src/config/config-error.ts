import { GatewayError } from '../errors.ts'

/** The configuration is wrong. Every fault is listed with its key, what was found and what is expected; nothing was started. */
export class ConfigError extends GatewayError {
  override readonly name = 'ConfigError'
  readonly code = 'config_invalid'
  readonly kind = 'permanent'
  readonly faults: readonly string[]

  /** `help` follows the list of faults. */
  constructor(faults: readonly string[], help = '') {
    super(
      `the configuration is wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}${help === '' ? '' : `\n\n${help}`}`,
    )
    this.faults = faults
  }
}
