import { enDelivery, type DeliveryCatalogue } from "./en.delivery.ts";

/** The texts about mail on its way, in the language of the page. */
export const deliveryText: DeliveryCatalogue = enDelivery;
