import { type ClinicalBundle, type OrderEntry, orderIdOf, orderKeyOf } from '@authscript/prior-auth'

/** `orderId` is the value of `orderIdOf`. */
export function findOrder(bundle: ClinicalBundle, orderId: string): OrderEntry | undefined {
  return bundle.orders.find((order) => orderIdOf(orderKeyOf(order)) === orderId)
}
