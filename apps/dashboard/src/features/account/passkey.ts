import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { accountRequests } from '../../api/account.ts'
import type { Session } from '../../api/client.ts'

/** Browsers have passkeys only for names, over TLS or on this computer: not for an address like 127.0.0.1. */
export const canUsePasskeys = (): boolean =>
  browserSupportsWebAuthn() && globalThis.isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname)

/** The person closed the browser's question, or the device had nothing to offer. */
export class PasskeyNotUsed extends Error {
  override readonly name = 'PasskeyNotUsed'
}

/** @throws {PasskeyNotUsed} with a sentence for the person */
async function askBrowser<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    if (
      error instanceof WebAuthnError &&
      error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
    )
      throw new PasskeyNotUsed('This device already has a passkey of yours.')
    throw new PasskeyNotUsed('No passkey was used. Try again, or sign in in another way.')
  }
}

export async function signInWithPasskey(): Promise<Session> {
  return accountRequests.signInWithPasskey(await answerQuestion())
}

/** Proves again who the signed-in person is. */
export async function proveWithPasskey(): Promise<void> {
  const { flow, response } = await answerQuestion()
  await accountRequests.prove({ flow, response })
}

async function answerQuestion() {
  const { flow, options } = await accountRequests.beginPasskeyUse()
  const response = await askBrowser(() =>
    startAuthentication({
      optionsJSON: options,
    }),
  )
  return { flow, response: { ...response, clientExtensionResults: {} } }
}

export async function addPasskey(name: string): Promise<void> {
  const { flow, options } = await accountRequests.beginPasskey()
  const { response, ...credential } = await askBrowser(() =>
    startRegistration({
      // The gateway passes on what the server's part of the library made for this one.
      optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
    }),
  )
  const { clientDataJSON, attestationObject, transports } = response
  await accountRequests.addPasskey({
    flow,
    name,
    response: {
      ...credential,
      clientExtensionResults: {},
      response: { clientDataJSON, attestationObject, ...(transports && { transports }) },
    },
  })
}
