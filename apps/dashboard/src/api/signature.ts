import { signatureView } from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { sendRequest } from './client.ts'

/** Whether the person who is signed in has a stored signature. */
export const signatureQuery = () =>
  queryOptions({
    queryKey: ['signature'],
    queryFn: () => sendRequest('/api/signature', signatureView),
    staleTime: 0,
    retry: false,
  })

/** Another picture has another address. */
export const signatureImageUrl = (addedAt: string): string =>
  `/api/signature/image?at=${encodeURIComponent(addedAt)}`

export const signatureRequests = {
  keep: (file: File) =>
    sendRequest('/api/signature', z.undefined(), {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    }),
  remove: () => sendRequest('/api/signature', z.undefined(), { method: 'DELETE' }),
}
