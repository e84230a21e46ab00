// Owns the example operations that GraphiQL opens with, one tab each, in the order in which a newcomer would run them.

const browse = `# 1. Browse. Press the triangle (or Ctrl-Enter).
query BrowseLaptops {
  products(
    first: 5
    query: "laptop"
    sortKey: BEST_SELLING
  ) {
    nodes {
      id
      title
      availableForSale
      priceRange {
        minVariantPrice {
          amount
          currencyCode
        }
      }
      selectedOrFirstAvailableVariant {
        id
        title
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const createCart = `# 2. Put something into a cart. Keep the cart's id:
# whoever has the id has the cart.
mutation CreateCart($input: CartInput!) {
  cartCreate(input: $input) {
    cart {
      id
      checkoutUrl
      totalQuantity
      cost {
        totalAmount {
          amount
          currencyCode
        }
      }
    }
    userErrors {
      field
      message
      code
    }
    warnings {
      code
      message
      target
    }
  }
}
`;

const completeCheckout = `# 3. Pay. Put the cart's id into the variables.
# Other tokens: sandbox_late (pays after a while),
# sandbox_declined, sandbox_challenge (one more step).
# Keep the order's id and the orderAccessToken.
mutation CompleteCheckout($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) {
    order {
      id
      number
      status
      financialStatus
      fulfillmentStatus
    }
    payment {
      id
      status
      failureMessage
      nextAction {
        type
        url
      }
    }
    orderAccessToken
    userErrors {
      field
      message
      code
    }
    warnings {
      code
      message
      target
    }
  }
}
`;

const watchOrder = `# 4. Watch the order. Its id goes into the variables,
# its token into the headers (and from there into the
# socket's init payload, as orderAccessToken):
# { "X-Order-Access-Token": "…" }
# The first message is the present state. To resume
# later, send the last cursor as \`after\`.
subscription WatchOrder($id: ID!, $after: String) {
  orderUpdated(id: $id, after: $after) {
    cursor
    event {
      type
      createdAt
    }
    order {
      number
      status
      financialStatus
      fulfillmentStatus
      fulfillments {
        trackingInfo {
          number
          company
          url
        }
      }
    }
  }
}
`;

const staffSignIn = `# 5. Sign in as staff, with the account that the
# terminal printed at the first start.
mutation StaffSignIn($input: StaffAccessTokenCreateInput!) {
  staffAccessTokenCreate(input: $input) {
    staffAccessToken {
      accessToken
      refreshToken
      expiresAt
    }
    userErrors {
      field
      message
      code
    }
  }
}
`;

const shipOrder = `# 6. Ship it. Headers, with the accessToken of tab 5:
# { "Authorization": "Bearer …" }
# Staff's part of the schema is shown to staff only: with
# the header set, fetch the schema again (the circle of
# arrows at the left), and nothing is underlined any more.
# Without lineItems, all that is left is shipped.
mutation ShipOrder($input: FulfillmentCreateInput!) {
  fulfillmentCreate(input: $input) {
    fulfillment {
      id
      status
    }
    order {
      id
      status
      fulfillmentStatus
    }
    userErrors {
      field
      message
      code
    }
  }
}
`;

const orderId = 'gid://cartwright/Order/PASTE-THE-ORDER-ID';

function tab(query, variables, headers) {
  const text = (value) => (value === undefined ? undefined : JSON.stringify(value, null, 2));
  return { query, variables: text(variables), headers: text(headers) };
}

/** The tabs, with `variantId` as what the cart example buys. */
export function exampleTabs(variantId) {
  return [
    tab(browse),
    tab(createCart, {
      input: {
        lines: [{ merchandiseId: variantId, quantity: 1 }],
        buyerIdentity: { email: 'ada.demo@example.com', countryCode: 'US' },
      },
    }),
    tab(completeCheckout, {
      input: {
        cartId: 'gid://cartwright/Cart/PASTE-THE-CART-ID',
        email: 'ada.demo@example.com',
        shippingAddress: {
          firstName: 'Ada',
          lastName: 'Demo',
          address1: '12 Lantern Street',
          city: 'Portland',
          provinceCode: 'OR',
          zip: '97201',
          countryCode: 'US',
        },
        payment: { gateway: 'sandbox', token: 'sandbox_ok' },
      },
    }),
    tab(watchOrder, { id: orderId }, { 'X-Order-Access-Token': 'PASTE-THE-ORDER-ACCESS-TOKEN' }),
    tab(staffSignIn, { input: { email: 'PASTE-THE-STAFF-EMAIL', password: 'PASTE-THE-PASSWORD' } }),
    tab(
      shipOrder,
      {
        input: {
          orderId,
          trackingInfo: { company: 'Example Post', number: 'EX123456789' },
          notifyCustomer: false,
        },
      },
      { Authorization: 'Bearer PASTE-THE-ACCESS-TOKEN' },
    ),
  ];
}
