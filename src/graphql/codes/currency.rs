//! Currencies (ISO 4217). Generated from CLDR names once; the codes are those of the API.

use entity::money::Currency;

use super::codes;

codes! {
    /// Currencies (ISO 4217).
    CurrencyCode {
        /// United Arab Emirates Dirham.
        "AED" => Aed,
        /// Afghan Afghani.
        "AFN" => Afn,
        /// Albanian Lek.
        "ALL" => All,
        /// Armenian Dram.
        "AMD" => Amd,
        /// Netherlands Antillean Guilder.
        "ANG" => Ang,
        /// Angolan Kwanza.
        "AOA" => Aoa,
        /// Argentine Peso.
        "ARS" => Ars,
        /// Australian Dollar.
        "AUD" => Aud,
        /// Aruban Florin.
        "AWG" => Awg,
        /// Azerbaijani Manat.
        "AZN" => Azn,
        /// Bosnia-Herzegovina Convertible Mark.
        "BAM" => Bam,
        /// Barbadian Dollar.
        "BBD" => Bbd,
        /// Bangladeshi Taka.
        "BDT" => Bdt,
        /// Bulgarian Lev.
        "BGN" => Bgn,
        /// Bahraini Dinar.
        "BHD" => Bhd,
        /// Burundian Franc.
        "BIF" => Bif,
        /// Bermudan Dollar.
        "BMD" => Bmd,
        /// Brunei Dollar.
        "BND" => Bnd,
        /// Bolivian Boliviano.
        "BOB" => Bob,
        /// Brazilian Real.
        "BRL" => Brl,
        /// Bahamian Dollar.
        "BSD" => Bsd,
        /// Bhutanese Ngultrum.
        "BTN" => Btn,
        /// Botswanan Pula.
        "BWP" => Bwp,
        /// Belarusian Ruble.
        "BYN" => Byn,
        /// Belarusian Ruble (2000–2016).
        "BYR" => Byr,
        /// Belize Dollar.
        "BZD" => Bzd,
        /// Canadian Dollar.
        "CAD" => Cad,
        /// Congolese Franc.
        "CDF" => Cdf,
        /// Swiss Franc.
        "CHF" => Chf,
        /// Chilean Peso.
        "CLP" => Clp,
        /// Chinese Yuan.
        "CNY" => Cny,
        /// Colombian Peso.
        "COP" => Cop,
        /// Costa Rican Colón.
        "CRC" => Crc,
        /// Cape Verdean Escudo.
        "CVE" => Cve,
        /// Czech Koruna.
        "CZK" => Czk,
        /// Djiboutian Franc.
        "DJF" => Djf,
        /// Danish Krone.
        "DKK" => Dkk,
        /// Dominican Peso.
        "DOP" => Dop,
        /// Algerian Dinar.
        "DZD" => Dzd,
        /// Egyptian Pound.
        "EGP" => Egp,
        /// Eritrean Nakfa.
        "ERN" => Ern,
        /// Ethiopian Birr.
        "ETB" => Etb,
        /// Euro.
        "EUR" => Eur,
        /// Fijian Dollar.
        "FJD" => Fjd,
        /// Falkland Islands Pound.
        "FKP" => Fkp,
        /// British Pound.
        "GBP" => Gbp,
        /// Georgian Lari.
        "GEL" => Gel,
        /// Ghanaian Cedi.
        "GHS" => Ghs,
        /// Gibraltar Pound.
        "GIP" => Gip,
        /// Gambian Dalasi.
        "GMD" => Gmd,
        /// Guinean Franc.
        "GNF" => Gnf,
        /// Guatemalan Quetzal.
        "GTQ" => Gtq,
        /// Guyanaese Dollar.
        "GYD" => Gyd,
        /// Hong Kong Dollar.
        "HKD" => Hkd,
        /// Honduran Lempira.
        "HNL" => Hnl,
        /// Croatian Kuna.
        "HRK" => Hrk,
        /// Haitian Gourde.
        "HTG" => Htg,
        /// Hungarian Forint.
        "HUF" => Huf,
        /// Indonesian Rupiah.
        "IDR" => Idr,
        /// Israeli New Shekel.
        "ILS" => Ils,
        /// Indian Rupee.
        "INR" => Inr,
        /// Iraqi Dinar.
        "IQD" => Iqd,
        /// Iranian Rial.
        "IRR" => Irr,
        /// Icelandic Króna.
        "ISK" => Isk,
        /// Jersey Pound.
        "JEP" => Jep,
        /// Jamaican Dollar.
        "JMD" => Jmd,
        /// Jordanian Dinar.
        "JOD" => Jod,
        /// Japanese Yen.
        "JPY" => Jpy,
        /// Kenyan Shilling.
        "KES" => Kes,
        /// Kyrgystani Som.
        "KGS" => Kgs,
        /// Cambodian Riel.
        "KHR" => Khr,
        /// Kiribati Dollar.
        "KID" => Kid,
        /// Comorian Franc.
        "KMF" => Kmf,
        /// South Korean Won.
        "KRW" => Krw,
        /// Kuwaiti Dinar.
        "KWD" => Kwd,
        /// Cayman Islands Dollar.
        "KYD" => Kyd,
        /// Kazakhstani Tenge.
        "KZT" => Kzt,
        /// Laotian Kip.
        "LAK" => Lak,
        /// Lebanese Pound.
        "LBP" => Lbp,
        /// Sri Lankan Rupee.
        "LKR" => Lkr,
        /// Liberian Dollar.
        "LRD" => Lrd,
        /// Lesotho Loti.
        "LSL" => Lsl,
        /// Lithuanian Litas.
        "LTL" => Ltl,
        /// Latvian Lats.
        "LVL" => Lvl,
        /// Libyan Dinar.
        "LYD" => Lyd,
        /// Moroccan Dirham.
        "MAD" => Mad,
        /// Moldovan Leu.
        "MDL" => Mdl,
        /// Malagasy Ariary.
        "MGA" => Mga,
        /// Macedonian Denar.
        "MKD" => Mkd,
        /// Myanmar Kyat.
        "MMK" => Mmk,
        /// Mongolian Tugrik.
        "MNT" => Mnt,
        /// Macanese Pataca.
        "MOP" => Mop,
        /// Mauritanian Ouguiya.
        "MRU" => Mru,
        /// Mauritian Rupee.
        "MUR" => Mur,
        /// Maldivian Rufiyaa.
        "MVR" => Mvr,
        /// Malawian Kwacha.
        "MWK" => Mwk,
        /// Mexican Peso.
        "MXN" => Mxn,
        /// Malaysian Ringgit.
        "MYR" => Myr,
        /// Mozambican Metical.
        "MZN" => Mzn,
        /// Namibian Dollar.
        "NAD" => Nad,
        /// Nigerian Naira.
        "NGN" => Ngn,
        /// Nicaraguan Córdoba.
        "NIO" => Nio,
        /// Norwegian Krone.
        "NOK" => Nok,
        /// Nepalese Rupee.
        "NPR" => Npr,
        /// New Zealand Dollar.
        "NZD" => Nzd,
        /// Omani Rial.
        "OMR" => Omr,
        /// Panamanian Balboa.
        "PAB" => Pab,
        /// Peruvian Sol.
        "PEN" => Pen,
        /// Papua New Guinean Kina.
        "PGK" => Pgk,
        /// Philippine Peso.
        "PHP" => Php,
        /// Pakistani Rupee.
        "PKR" => Pkr,
        /// Polish Zloty.
        "PLN" => Pln,
        /// Paraguayan Guarani.
        "PYG" => Pyg,
        /// Qatari Riyal.
        "QAR" => Qar,
        /// Romanian Leu.
        "RON" => Ron,
        /// Serbian Dinar.
        "RSD" => Rsd,
        /// Russian Ruble.
        "RUB" => Rub,
        /// Rwandan Franc.
        "RWF" => Rwf,
        /// Saudi Riyal.
        "SAR" => Sar,
        /// Solomon Islands Dollar.
        "SBD" => Sbd,
        /// Seychellois Rupee.
        "SCR" => Scr,
        /// Sudanese Pound.
        "SDG" => Sdg,
        /// Swedish Krona.
        "SEK" => Sek,
        /// Singapore Dollar.
        "SGD" => Sgd,
        /// St. Helena Pound.
        "SHP" => Shp,
        /// Sierra Leonean Leone (1964—2022).
        "SLL" => Sll,
        /// Somali Shilling.
        "SOS" => Sos,
        /// Surinamese Dollar.
        "SRD" => Srd,
        /// South Sudanese Pound.
        "SSP" => Ssp,
        /// São Tomé and Príncipe Dobra (1977–2017).
        "STD" => Std,
        /// São Tomé & Príncipe Dobra.
        "STN" => Stn,
        /// Syrian Pound.
        "SYP" => Syp,
        /// Swazi Lilangeni.
        "SZL" => Szl,
        /// Thai Baht.
        "THB" => Thb,
        /// Tajikistani Somoni.
        "TJS" => Tjs,
        /// Turkmenistani Manat.
        "TMT" => Tmt,
        /// Tunisian Dinar.
        "TND" => Tnd,
        /// Tongan Paʻanga.
        "TOP" => Top,
        /// Turkish Lira.
        "TRY" => Try,
        /// Trinidad & Tobago Dollar.
        "TTD" => Ttd,
        /// New Taiwan Dollar.
        "TWD" => Twd,
        /// Tanzanian Shilling.
        "TZS" => Tzs,
        /// Ukrainian Hryvnia.
        "UAH" => Uah,
        /// Ugandan Shilling.
        "UGX" => Ugx,
        /// US Dollar.
        "USD" => Usd,
        /// Uruguayan Peso.
        "UYU" => Uyu,
        /// Uzbekistani Som.
        "UZS" => Uzs,
        /// Venezuelan Digital Bolívar.
        "VED" => Ved,
        /// Venezuelan Bolívar (2008–2018).
        "VEF" => Vef,
        /// Venezuelan Bolívar.
        "VES" => Ves,
        /// Vietnamese Dong.
        "VND" => Vnd,
        /// Vanuatu Vatu.
        "VUV" => Vuv,
        /// Samoan Tala.
        "WST" => Wst,
        /// Central African CFA Franc.
        "XAF" => Xaf,
        /// East Caribbean Dollar.
        "XCD" => Xcd,
        /// West African CFA Franc.
        "XOF" => Xof,
        /// CFP Franc.
        "XPF" => Xpf,
        /// Unrecognised currency.
        "XXX" => Xxx,
        /// Yemeni Rial.
        "YER" => Yer,
        /// South African Rand.
        "ZAR" => Zar,
        /// Zambian Kwacha.
        "ZMW" => Zmw,
    }
}

impl CurrencyCode {
    /// The currency of the tables.
    #[must_use]
    pub fn to_currency(self) -> Currency {
        self.code().parse().unwrap_or(Currency::USD)
    }

    /// The API's code of a currency of the tables.
    #[must_use]
    pub fn from_currency(currency: Currency) -> Self {
        Self::from_code(currency.as_str()).unwrap_or(Self::Xxx)
    }
}
