import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { signatureImageUrl, signatureQuery } from '../../../api/signature.ts'
import { useReview } from '../review-state.tsx'

/** Offers the signer their own stored signature, where the form has a box for it. */
export function SignatureTick({
  isTicked,
  onTick,
}: {
  isTicked: boolean
  onTick: (isTicked: boolean) => void
}) {
  const { order } = useReview()
  const own = useQuery(signatureQuery())
  const id = useId()
  if (!order.hasSignatureBox)
    return (
      <p className="text-soft">
        This form has no box that is known to be for your signature; sign it by hand.
      </p>
    )
  if (own.data === undefined) return null
  const { signature } = own.data
  if (signature === null)
    return (
      <p className="text-soft">
        You have no stored signature.{' '}
        <a href="/signature" target="_blank" rel="noreferrer" className="text-accent underline">
          Add yours
        </a>{' '}
        to place it from here.
      </p>
    )
  return (
    <div className="flex flex-wrap items-center gap-3">
      <input
        id={id}
        type="checkbox"
        checked={isTicked}
        onChange={(event) => onTick(event.target.checked)}
        className="size-5 accent-accent"
      />
      <label htmlFor={id} className="font-medium">
        Place my signature on the form, with today’s date
      </label>
      <img
        src={signatureImageUrl(signature.addedAt)}
        alt="Your stored signature"
        className="h-10 max-w-full rounded border border-line bg-white object-contain p-1"
      />
    </div>
  )
}
