import { type FailureKind, GatewayError } from '../errors.ts'

/** Why a launch is refused. */
export type LaunchRefusal =
  | 'launch_issuer_unknown'
  | 'launch_request_invalid'
  | 'launch_state_unknown'
  | 'launch_ehr_unavailable'
  | 'launch_ehr_unusable'
  | 'launch_ehr_refused'
  | 'launch_code_refused'
  | 'launch_id_token_invalid'
  | 'launch_user_unusable'
  | 'launch_person_unknown'
  | 'launch_name_taken'
  | 'account_disabled'
  | 'practice_missing'
  | 'launch_practice_foreign'
  | 'launch_practice_unknown'
  | 'launch_practice_ambiguous'
  | 'launch_context_conflict'

/** A launch that is refused. The message is for the log: codes and claims' names, never a token, a code or a name. */
export class LaunchRefused extends GatewayError {
  override readonly name = 'LaunchRefused'
  readonly code: LaunchRefusal
  readonly kind: FailureKind

  constructor(code: LaunchRefusal, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.kind = code === 'launch_ehr_unavailable' ? 'transient' : 'permanent'
  }
}

export const refused = (code: LaunchRefusal, message: string, options?: ErrorOptions) =>
  new LaunchRefused(code, message, options)
