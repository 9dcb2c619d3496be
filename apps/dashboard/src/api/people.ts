import {
  type GrantRequest,
  type KeyRequest,
  keysView,
  keyView,
  madeKeyView,
  type PersonRequest,
  peopleView,
  personLink,
  personView,
  type RenameRequest,
} from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { json, sendRequest } from './client.ts'

/** The requests of administrators. */

const personPath = (personId: string, rest: string) =>
  `/api/people/${encodeURIComponent(personId)}/${rest}`

export const peopleQueries = {
  people: () =>
    queryOptions({
      queryKey: ['people'],
      queryFn: async () => (await sendRequest('/api/people', peopleView)).people,
    }),
  keys: () =>
    queryOptions({
      queryKey: ['keys'],
      queryFn: async () => (await sendRequest('/api/keys', keysView)).keys,
    }),
}

export const peopleRequests = {
  add: (request: PersonRequest) => sendRequest('/api/people', personView, json(request)),
  grant: ({ personId, ...grant }: GrantRequest & { readonly personId: string }) =>
    sendRequest(personPath(personId, 'grant'), personView, { ...json(grant), method: 'PUT' }),
  rename: ({ personId, label }: RenameRequest & { readonly personId: string }) =>
    sendRequest(personPath(personId, 'name'), personView, { ...json({ label }), method: 'PUT' }),
  disable: (personId: string) =>
    sendRequest(personPath(personId, 'disable'), personView, { method: 'POST' }),
  enable: (personId: string) =>
    sendRequest(personPath(personId, 'enable'), personView, { method: 'POST' }),
  endSessions: (personId: string) =>
    sendRequest(personPath(personId, 'sessions'), personView, { method: 'DELETE' }),
  makeLink: (personId: string) =>
    sendRequest(personPath(personId, 'link'), personLink, { method: 'POST' }),
  makeKey: (request: KeyRequest) => sendRequest('/api/keys', madeKeyView, json(request)),
  revokeKey: (keyId: string) =>
    sendRequest(`/api/keys/${encodeURIComponent(keyId)}/revoke`, keyView, { method: 'POST' }),
}
