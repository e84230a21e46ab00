// Owns the GraphQL documents that our pages send: nothing here that any other front end could not send as well.

const USER_ERRORS = 'userErrors { field message code }';
const WARNINGS = 'warnings { code message target }';
const MONEY = '{ amount currencyCode }';

export const PRODUCTS = `query Products($first: Int!, $after: String, $query: String) {
  shop { name description }
  products(first: $first, after: $after, query: $query, sortKey: BEST_SELLING) {
    nodes {
      id handle title availableForSale
      featuredImage { url width height altText }
      priceRange { minVariantPrice ${MONEY} }
      selectedOrFirstAvailableVariant { id title availableForSale }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const CART_CREATE = `mutation CartCreate($input: CartInput!) {
  cartCreate(input: $input) {
    cart {
      id checkoutUrl totalQuantity
      cost { subtotalAmount ${MONEY} totalAmount ${MONEY} checkoutChargeAmount ${MONEY} }
    }
    ${USER_ERRORS}
    ${WARNINGS}
  }
}`;

export const SHOP = 'query Shop { shop { name primaryDomain { url } } }';

const CART_PARTS = `fragment CartParts on Cart {
  id version totalQuantity
  buyerIdentity { email phone countryCode }
  delivery {
    addresses(selected: true) {
      address {
        ... on CartDeliveryAddress { firstName lastName company address1 address2 city provinceCode zip countryCode phone }
      }
    }
  }
  deliveryGroups(first: 20) {
    nodes {
      id
      deliveryOptions { handle title description deliveryMethodType estimatedCost ${MONEY} pickupLocation { address { formatted } } }
      selectedDeliveryOption { handle estimatedCost ${MONEY} }
    }
  }
  discountAllocations { discountedAmount ${MONEY} }
  discountCodes { code applicable }
  cost { subtotalAmount ${MONEY} taxAmount ${MONEY} taxIncludedAmount ${MONEY} taxesEstimated totalAmount ${MONEY} checkoutChargeAmount ${MONEY} }
  appliedGiftCards { id lastCharacters balance ${MONEY} amountUsed ${MONEY} }
  problems { message target }
  lines(first: 250) {
    nodes {
      id quantity
      cost { subtotalAmount ${MONEY} totalAmount ${MONEY} }
      discountAllocations { discountedAmount ${MONEY} }
      merchandise {
        ... on ProductVariant { id title image { url width height altText } product { title handle } }
      }
    }
  }
}`;

export const CART = `query Cart($id: ID!) { cart(id: $id) { ...CartParts } }
${CART_PARTS}`;

export const CART_DELIVERY_ADDRESSES_REPLACE = `mutation CartSend($id: ID!, $addresses: [CartSelectableAddressInput!]!) {
  cartDeliveryAddressesReplace(cartId: $id, addresses: $addresses) { cart { ...CartParts } ${USER_ERRORS} }
}
${CART_PARTS}`;

export const CART_SELECTED_DELIVERY_OPTIONS_UPDATE = `mutation CartDeliver($id: ID!, $options: [CartSelectedDeliveryOptionInput!]!) {
  cartSelectedDeliveryOptionsUpdate(cartId: $id, selectedDeliveryOptions: $options) { cart { ...CartParts } ${USER_ERRORS} }
}
${CART_PARTS}`;

export const CART_DISCOUNT_CODES_UPDATE = `mutation CartDiscountCodes($id: ID!, $codes: [String!]!) {
  cartDiscountCodesUpdate(cartId: $id, discountCodes: $codes) { cart { ...CartParts } ${USER_ERRORS} ${WARNINGS} }
}
${CART_PARTS}`;

export const CART_GIFT_CARD_CODES_ADD = `mutation CartGiftCardAdd($id: ID!, $codes: [String!]!) {
  cartGiftCardCodesAdd(cartId: $id, giftCardCodes: $codes) { cart { ...CartParts } ${USER_ERRORS} ${WARNINGS} }
}
${CART_PARTS}`;

export const CART_GIFT_CARD_CODES_REMOVE = `mutation CartGiftCardRemove($id: ID!, $cards: [ID!]!) {
  cartGiftCardCodesRemove(cartId: $id, appliedGiftCardIds: $cards) { cart { ...CartParts } ${USER_ERRORS} ${WARNINGS} }
}
${CART_PARTS}`;

const PAYMENT_RESULT = `order { id number status financialStatus fulfillmentStatus }
    payment { id status failureMessage nextAction { type url } }
    orderAccessToken
    ${USER_ERRORS}
    ${WARNINGS}`;

export const CHECKOUT_COMPLETE = `mutation CheckoutComplete($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) {
    ${PAYMENT_RESULT}
  }
}`;

export const PAYMENT_RETRY = `mutation PaymentRetry($input: PaymentRetryInput!) {
  paymentRetry(input: $input) {
    ${PAYMENT_RESULT}
  }
}`;

export const ORDER_CANCEL = `mutation OrderCancel($input: OrderCancelInput!) {
  orderCancel(input: $input) {
    order { id status financialStatus }
    ${USER_ERRORS}
  }
}`;

export const ORDER_MARK_AS_DELIVERED = `mutation OrderMarkAsDelivered($input: OrderMarkAsDeliveredInput!) {
  orderMarkAsDelivered(input: $input) {
    order { id status fulfillmentStatus }
    ${USER_ERRORS}
  }
}`;

export const ORDER_UPDATED = `subscription OrderUpdated($id: ID!, $after: String) {
  orderUpdated(id: $id, after: $after) {
    cursor
    event { type createdAt }
    order {
      id number status financialStatus fulfillmentStatus
      totals {
        subtotal ${MONEY} discount ${MONEY} shipping ${MONEY} tax ${MONEY} taxIncluded ${MONEY} total ${MONEY} giftCards ${MONEY} due ${MONEY}
      }
      balanceDue ${MONEY}
      refunds { status amount ${MONEY} }
      lineItems(first: 20) { nodes { id title quantity status totalPrice ${MONEY} } }
      fulfillments { id status trackingInfo { number company url } }
      timeline { type message createdAt }
      payments { id status failureMessage nextAction { type url } }
    }
  }
}`;

export const STAFF_SIGN_IN = `mutation StaffSignIn($input: StaffAccessTokenCreateInput!) {
  staffAccessTokenCreate(input: $input) {
    staffAccessToken { accessToken expiresAt }
    ${USER_ERRORS}
  }
}`;

export const FULFILLMENT_CREATE = `mutation FulfillmentCreate($input: FulfillmentCreateInput!) {
  fulfillmentCreate(input: $input) {
    fulfillment { id }
    order { id fulfillmentStatus }
    ${USER_ERRORS}
  }
}`;
