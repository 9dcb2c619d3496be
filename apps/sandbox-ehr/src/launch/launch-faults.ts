import { z } from 'zod'

/** What can go wrong in a launch. Each is given to one launch. */
export const launchFaultKinds = {
  expired_code: 'the code has expired when the app brings it',
  used_code: 'the code was used before',
  wrong_state: 'the answer carries another state',
  refused: 'the EHR refuses the launch',
  no_id_token: 'the token answer has no id token',
  wrong_nonce: 'the id token was made for another sign-in',
  wrong_issuer: 'the id token names another issuer',
  wrong_audience: 'the id token is for another app',
  expired_id_token: 'the id token has expired',
  early_id_token: 'the id token was issued in the future',
  unsigned_id_token: 'the id token is not signed (alg none)',
  public_key_as_secret: 'the id token is signed with HS256, and the public key as the secret',
  unknown_key: 'the id token is signed with a key that the EHR does not publish',
  changed_id_token: 'the id token was changed after it was signed',
  patient_user: 'the user is a patient',
  no_user: 'the id token names no fhirUser',
  no_encounter: 'the token answer has a patient and no encounter',
  no_context: 'the token answer has neither patient nor encounter',
  other_patient: "the token answer names a patient other than the encounter's",
  unreadable_token: 'the token answer is a web page',
} as const

export type LaunchFaultKind = keyof typeof launchFaultKinds

export const launchFaultSchema = z.strictObject({
  kind: z.enum(Object.keys(launchFaultKinds) as [LaunchFaultKind, ...LaunchFaultKind[]]),
  /** How far `expired_id_token` and `early_id_token` are off. */
  seconds: z.number().int().positive().optional(),
})

export type LaunchFault = z.infer<typeof launchFaultSchema>

/** The faults that the next launches get, in the order in which they were given. */
export class LaunchFaults {
  readonly #waiting: LaunchFault[] = []

  add(fault: LaunchFault): void {
    this.#waiting.push(fault)
  }

  clear(): void {
    this.#waiting.length = 0
  }

  take(): LaunchFault | undefined {
    return this.#waiting.shift()
  }
}
