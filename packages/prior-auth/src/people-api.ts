import { z } from 'zod'
import { typedPracticeId } from './ids.ts'
import type { Immutable } from './immutable.ts'
import { role, signInMethod } from './session-api.ts'

/** What administrators read and write about people and keys, and everybody about their own account. */

const loginText = z.string().min(1).max(100)
const labelText = z.string().min(1).max(80)
/** Longer ones are refused with a sentence, by the rules of passwords. */
const passwordText = z.string().min(1).max(1000)

export const personView = z.object({
  personId: z.string(),
  login: z.string(),
  label: z.string(),
  roles: z.array(role),
  practiceIds: z.array(z.string()),
  isDisabled: z.boolean(),
  /** Signs in by the identity provider, which decides about roles and practices at each sign-in. */
  isFromProvider: z.boolean(),
  hasPassword: z.boolean(),
  /** Somebody else made the password, and the person has not chosen their own yet. */
  isPasswordTemporary: z.boolean(),
  signedInAt: z.string().nullable(),
  /** They have practices that the caller does not have, so only somebody who has them changes them. */
  isReadOnly: z.boolean(),
})

export const peopleView = z.object({ people: z.array(personView) })

export const grantRequest = z.strictObject({
  roles: z.array(role).max(role.options.length),
  practiceIds: z.array(typedPracticeId).max(200),
})

export const personRequest = grantRequest.extend({ login: loginText, label: labelText })

export const renameRequest = z.strictObject({ label: labelText })

/** A link that signs the person in once, to choose a password. It is shown once. */
export const personLink = z.object({ token: z.string() })

export const keyView = z.object({
  /** Null: it is in the configuration, and changed there. */
  keyId: z.string().nullable(),
  label: z.string(),
  roles: z.array(role),
  practiceIds: z.array(z.string()),
  madeBy: z.string().nullable(),
  madeAt: z.string().nullable(),
  usedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})

export const keysView = z.object({ keys: z.array(keyView) })

export const keyRequest = z.strictObject({
  label: labelText,
  roles: z.array(role).min(1).max(role.options.length),
  practiceIds: z.array(typedPracticeId).min(1).max(200),
})

/** `key` is shown once: it is not stored. */
export const madeKeyView = z.object({ key: z.string(), made: keyView })

export const accountView = z.object({
  login: z.string(),
  label: z.string(),
  roles: z.array(role),
  practiceIds: z.array(z.string()),
  hasPassword: z.boolean(),
  /** Somebody else made the password. */
  isPasswordTemporary: z.boolean(),
  isFromProvider: z.boolean(),
  /** Open ones; the caller's own is marked. */
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      isThisOne: z.boolean(),
      method: signInMethod,
      openedAt: z.string(),
      usedAt: z.string(),
      address: z.string().nullable(),
      browser: z.string().nullable(),
    }),
  ),
  passkeys: z.array(
    z.object({
      credentialId: z.string(),
      name: z.string(),
      addedAt: z.string(),
      usedAt: z.string().nullable(),
    }),
  ),
})

/** `current` is needed if there is a password already. */
export const passwordRequest = z.strictObject({
  current: passwordText.optional(),
  password: passwordText,
})

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/)
const answered = {
  id: base64url.min(1).max(2000),
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
  clientExtensionResults: z.looseObject({}),
}

/** What `navigator.credentials.create` answers, as JSON. @see https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson */
export const passkeyRegistration = z.object({
  ...answered,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(20).exactOptional(),
  }),
})

/** What `navigator.credentials.get` answers, as JSON. @see https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson */
export const passkeyAssertion = z.object({
  ...answered,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.exactOptional(),
  }),
})

const flow = z.string().min(1).max(100)

/** `options` goes to the browser as it is; `flow` comes back with its answer. */
export const passkeyQuestion = z.object({ flow, options: z.looseObject({ challenge: z.string() }) })

export const passkeyRequest = z.strictObject({
  flow,
  name: z.string().min(1).max(60),
  response: passkeyRegistration,
})

export const passkeySignIn = z.strictObject({ flow, response: passkeyAssertion })

/** Proves again who the signed-in person is. */
export const proofRequest = z.union([
  z.strictObject({ password: passwordText }),
  z.strictObject({ flow, response: passkeyAssertion }),
])

export type PersonView = Immutable<z.infer<typeof personView>>
export type KeyView = Immutable<z.infer<typeof keyView>>
export type AccountView = Immutable<z.infer<typeof accountView>>
export type GrantRequest = Immutable<z.infer<typeof grantRequest>>
export type PersonRequest = Immutable<z.infer<typeof personRequest>>
export type RenameRequest = Immutable<z.infer<typeof renameRequest>>
export type KeyRequest = Immutable<z.infer<typeof keyRequest>>
export type PasswordRequest = Immutable<z.infer<typeof passwordRequest>>
export type ProofRequest = Immutable<z.infer<typeof proofRequest>>
