// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICurrencies} from "./money/ICurrencies.sol";
import {IDeliveries} from "./order/IDeliveries.sol";
import {IFacilities} from "./facility/IFacilities.sol";
import {IQuotes} from "./facility/IQuotes.sol";
import {ILiens} from "./lien/ILiens.sol";
import {IParties} from "./party/IParties.sol";
import {IPurchaseOrders} from "./order/IPurchaseOrders.sol";
import {IProvenance} from "./provenance/IProvenance.sol";
import {IReceivables} from "./receivable/IReceivables.sol";
import {IWarehouseReceipts} from "./warehouse/IWarehouseReceipts.sol";

/// @notice The contracts of one deployment, each given to all at construction and fixed for good.
struct Peers {
    IParties parties;
    ICurrencies currencies;
    IPurchaseOrders orders;
    IDeliveries deliveries;
    IWarehouseReceipts receipts;
    IReceivables receivables;
    ILiens liens;
    IFacilities facilities;
    IQuotes quotes;
    IProvenance provenance;
}
