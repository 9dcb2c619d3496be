import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { RequestFailed } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { signatureImageUrl, signatureQuery, signatureRequests } from '../../api/signature.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { primaryButton, secondaryButton } from '../../ui/buttons.ts'

/** A clinician's own signature: seen, replaced and deleted by nobody else. */
export function SignaturePage() {
  useTitle('Your signature')
  const session = useQuery(queries.session())
  if (session.data?.roles.includes('clinician') !== true)
    return (
      <Empty title="Only clinicians store a signature.">
        Sign in as the clinician whose signature it is.
      </Empty>
    )
  return <OwnSignature label={session.data.label} />
}

const maxBytes = 1024 * 1024

function OwnSignature({ label }: { label: string }) {
  const own = useQuery(signatureQuery())
  const cache = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const onSuccess = () => cache.invalidateQueries({ queryKey: signatureQuery().queryKey })
  const keep = useMutation({
    async mutationFn(file: File) {
      if (file.size > maxBytes) throw new TooLarge()
      await signatureRequests.keep(file)
    },
    onSuccess,
  })
  const remove = useMutation({ mutationFn: signatureRequests.remove, onSuccess })
  const isOff = keep.isPending || remove.isPending
  return (
    <div className="max-w-xl space-y-4">
      <h1 className="text-xl font-semibold">Your signature</h1>
      <p>
        A picture of the signature of {label}. It is placed on a form only when you approve it
        yourself and tick “Place my signature”, each time. Nobody else sees it here or can use it.
      </p>
      {own.data === undefined ? (
        own.error === null ? (
          <Skeleton rows={2} />
        ) : (
          <Failure error={own.error} onRetry={() => void own.refetch()} />
        )
      ) : own.data.signature === null ? (
        <p className="rounded-xl border border-dashed border-edge p-6 text-soft">
          You have not stored a signature.
        </p>
      ) : (
        <img
          src={signatureImageUrl(own.data.signature.addedAt)}
          alt="Your stored signature"
          data-signature
          className="max-h-40 max-w-full rounded-xl border border-line bg-white p-4"
        />
      )}
      <p className="text-soft">
        PNG or JPEG, upright, at most 1 MB; dark ink on a white or transparent background. Crop the
        empty paper around it.
      </p>
      {[keep.error, remove.error].map((error, index) =>
        error === null ? null : (
          <p key={index} role="alert" className="rounded-lg bg-bad-soft p-2.5 text-bad">
            {whyNot(error)}
          </p>
        ),
      )}
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          disabled={isOff || own.data === undefined}
          onClick={() => input.current?.click()}
          className={primaryButton}
        >
          {own.data?.signature === null ? 'Add your signature' : 'Replace it'}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="Picture of your signature"
          accept="image/png,image/jpeg"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            remove.reset()
            if (file !== undefined) keep.mutate(file)
            event.target.value = ''
          }}
        />
        {own.data?.signature != null && (
          <button
            type="button"
            disabled={isOff}
            onClick={() => {
              keep.reset()
              remove.mutate()
            }}
            className={secondaryButton}
          >
            Delete it
          </button>
        )}
      </div>
    </div>
  )
}

class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

function whyNot(error: Error): string {
  if (error instanceof TooLarge) return 'The picture is larger than 1 MB; save it smaller.'
  if (!(error instanceof RequestFailed)) return 'It could not be saved; try again.'
  const text = error.problem.detail ?? error.problem.title
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
