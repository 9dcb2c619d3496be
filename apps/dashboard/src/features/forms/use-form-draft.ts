import type { MappedBox, PayerFormChange, PayerFormDetail } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { changeOf, formQueries, payerForms } from '../../api/payer-forms.ts'
import { conflictOf } from '../../api/review.ts'
import { notify } from '../../ui/notify.ts'

export type FormDraft = ReturnType<typeof useFormDraft>

/** What a person changes on a form, until it is saved. A save that fails loses nothing of it. */
export function useFormDraft(saved: PayerFormDetail) {
  const cache = useQueryClient()
  const [draft, setDraft] = useState<PayerFormChange>(() => changeOf(saved))
  // What the draft was made from: the form may be read again while it is changed.
  const [base, setBase] = useState(saved)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(changeOf(base))

  const take = useCallback(
    (form: PayerFormDetail) => {
      cache.setQueryData(formQueries.detail(form.formId).queryKey, form)
      void cache.invalidateQueries({ queryKey: formQueries.list().queryKey })
    },
    [cache],
  )
  /** What is written while a save is under way stays. */
  const saveOver = async (version: number): Promise<PayerFormDetail> => {
    const sent = draft
    const form = await payerForms.save({ formId: saved.formId, version }, sent)
    setDraft((now) => (now === sent ? changeOf(form) : now))
    setBase(form)
    take(form)
    return form
  }
  const save = useMutation({
    mutationFn: () => saveOver(base.version),
    onSuccess: () => void notify('Saved'),
  })
  const activate = useMutation({
    async mutationFn() {
      const form = isChanged ? await saveOver(base.version) : base
      const active = await payerForms.activate(form)
      setBase(active)
      take(active)
    },
    onSuccess: () => void notify('In use: orders of this payer are filled on it from now on'),
  })
  const retire = useMutation({
    async mutationFn() {
      const retired = await payerForms.retire(base)
      setBase(retired)
      take(retired)
    },
    onSuccess: () => void notify('Retired: orders are not filled on it any more'),
  })
  const remove = useMutation({
    mutationFn: () => payerForms.remove(base),
    onSuccess() {
      void cache.invalidateQueries({ queryKey: formQueries.list().queryKey })
      void notify('Deleted')
    },
  })
  const error = save.error ?? activate.error ?? retire.error
  /** Reads the form that somebody else saved; what was changed here stays for the next save. */
  const keepMine = useMutation({
    async mutationFn() {
      const theirs = await cache.fetchQuery({
        ...formQueries.detail(saved.formId),
        staleTime: 0,
      })
      await saveOver(theirs.version)
    },
    onSuccess() {
      save.reset()
      activate.reset()
      void notify('Saved')
    },
  })
  const takeTheirs = useMutation({
    async mutationFn() {
      const theirs = await cache.fetchQuery({
        ...formQueries.detail(saved.formId),
        staleTime: 0,
      })
      setDraft(changeOf(theirs))
      setBase(theirs)
    },
    onSuccess() {
      save.reset()
      activate.reset()
      retire.reset()
    },
  })

  const change = (part: Partial<PayerFormChange>) => setDraft((before) => ({ ...before, ...part }))
  const entryOf = (name: string): MappedBox | undefined =>
    draft.boxes.find((box) => box.name === name)
  /** Undefined members of `part` remove what the entry has. */
  const changeBox = (name: string, part: Partial<MappedBox>) =>
    setDraft((before) => {
      const known = before.boxes.find((box) => box.name === name)
      const next: MappedBox = { name, role: null, ...known, ...part }
      const boxes =
        known === undefined
          ? [...before.boxes, next]
          : before.boxes.map((box) => (box === known ? next : box))
      return { ...before, boxes }
    })
  const keepPrinted = (name: string, isKept: boolean) =>
    setDraft((before) => ({
      ...before,
      keptAsPrinted: isKept
        ? [...before.keptAsPrinted, name]
        : before.keptAsPrinted.filter((one) => one !== name),
    }))

  return {
    draft,
    isChanged,
    change,
    entryOf,
    changeBox,
    keepPrinted,
    save,
    activate,
    retire,
    remove,
    keepMine,
    takeTheirs,
    error,
    changedBy: conflictOf(error)?.changedBy ?? undefined,
    isConflict: conflictOf(error) !== undefined,
    isBusy: save.isPending || activate.isPending || retire.isPending || remove.isPending,
  }
}
