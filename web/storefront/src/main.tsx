// Owns the way in: the client, the cart, and which page an address leads to.
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { Redirect, Route, Switch } from 'wouter';
import { CartProvider } from './api/cart';
import { makeClient } from './api/client';
import { lastOrder, takeOrderToken } from './api/keep';
import { session } from './api/session';
import { AccountPage } from './pages/AccountPage';
import { CartPage } from './pages/CartPage';
import { CheckoutPage } from './pages/CheckoutPage';
import { CollectionPage } from './pages/CollectionPage';
import { ContentPage, PolicyPage } from './pages/ContentPage';
import { HomePage } from './pages/HomePage';
import { ArticlePage, JournalPage } from './pages/JournalPage';
import { OrderPage } from './pages/OrderPage';
import { ProductPage } from './pages/ProductPage';
import { SearchPage } from './pages/SearchPage';
import { ShelvesPage } from './pages/ShelvesPage';
import { SignInPage } from './pages/SignInPage';
import { Layout } from './parts/Layout';
import { NotHere } from './parts/NotHere';
import { lastSegment } from './parts/words';
import './styles.css';

function Shop() {
  const signedIn = session.use() !== null;
  const client = useMemo(makeClient, [signedIn]);
  return (
    <Provider value={client}>
      <CartProvider>
        <Layout>
          <Switch>
            <Route path="/"><HomePage /></Route>
            <Route path="/collections"><ShelvesPage /></Route>
            <Route path="/collections/all"><Redirect to="/search" replace /></Route>
            <Route path="/collections/:handle">{({ handle }) => <CollectionPage key={handle} handle={handle} />}</Route>
            <Route path="/search"><SearchPage /></Route>
            <Route path="/products/:handle">{({ handle }) => <ProductPage key={handle} handle={handle} />}</Route>
            <Route path="/cart"><CartPage /></Route>
            <Route path="/checkout"><CheckoutPage /></Route>
            <Route path="/orders/last"><Redirect to={`/orders/${lastSegment(lastOrder.get() ?? 'none')}`} replace /></Route>
            <Route path="/orders/:segment">{({ segment }) => <OrderPage key={segment} segment={segment} />}</Route>
            <Route path="/pages/:handle">{({ handle }) => <ContentPage key={handle} handle={handle} />}</Route>
            <Route path="/policies/:handle">{({ handle }) => <PolicyPage key={handle} handle={handle} />}</Route>
            <Route path="/blogs/:handle">{({ handle }) => <JournalPage key={handle} handle={handle} />}</Route>
            <Route path="/blogs/:blog/:handle">{({ blog, handle }) => <ArticlePage key={handle} blog={blog} handle={handle} />}</Route>
            <Route path="/account"><AccountPage /></Route>
            <Route path="/account/sign-in"><SignInPage key="in" /></Route>
            <Route path="/account/register"><SignInPage key="new" isNew /></Route>
            <Route><NotHere /></Route>
          </Switch>
        </Layout>
      </CartProvider>
    </Provider>
  );
}

takeOrderToken();
createRoot(document.getElementById('root')!).render(<StrictMode><Shop /></StrictMode>);
