import {
  accountView,
  passkeyQuestion,
  type PasswordRequest,
  type ProofRequest,
  sessionView,
} from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { json, RequestFailed, sendRequest } from './client.ts'

/** The requests about the signed-in person's account. */

export const accountQueries = {
  own: () =>
    queryOptions({
      queryKey: ['account'],
      queryFn: () => sendRequest('/api/account', accountView),
    }),
}

const nothing = z.undefined()
const put = (body: unknown): RequestInit => ({ ...json(body), method: 'PUT' })

export const accountRequests = {
  changePassword: (request: PasswordRequest) =>
    sendRequest('/api/account/password', nothing, put(request)),
  endSession: (sessionId: string) =>
    sendRequest(`/api/account/sessions/${encodeURIComponent(sessionId)}`, nothing, {
      method: 'DELETE',
    }),
  endAllSessions: () => sendRequest('/api/account/sessions', nothing, { method: 'DELETE' }),
  prove: (request: ProofRequest) => sendRequest('/api/account/prove', nothing, json(request)),
  beginPasskey: () =>
    sendRequest('/api/account/passkeys/begin', passkeyQuestion, { method: 'POST' }),
  addPasskey: (request: object) => sendRequest('/api/account/passkeys', nothing, json(request)),
  removePasskey: (credentialId: string) =>
    sendRequest(`/api/account/passkeys/${encodeURIComponent(credentialId)}`, nothing, {
      method: 'DELETE',
    }),
  beginPasskeyUse: () =>
    sendRequest('/api/session/passkey/begin', passkeyQuestion, { method: 'POST' }),
  signInWithPasskey: (request: object) =>
    sendRequest('/api/session/passkey', sessionView, json(request)),
}

/** Whether the gateway asks the person to prove who they are before it does this. */
export const isProofNeeded = (error: unknown): boolean =>
  error instanceof RequestFailed && error.problem.code === 'proof_needed'
