using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>
/// Makes one draft order of what was decided to be bought from a supplier for a site, at the prices in force. It goes its way
/// through approval as every order; nothing is released by itself (PRC-08). One emergency makes it an emergency buy.
/// </summary>
/// <param name="Supplier">From whom.</param>
/// <param name="Warehouse">For which site.</param>
/// <param name="ReorderProposals">What was decided.</param>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<ReorderProposalNotFound>, Refuses<WrongProposalStatus>, Refuses<ProposalsDiffer>, Refuses<AgreementsDiffer>]
[Refuses<NoTermsInForce>, Refuses<LegalEntityNotFound>, Refuses<WarehouseOfAnotherEntity>, Refuses<SupplierNotFound>, Refuses<SupplierNotApproved>]
[Refuses<CurrencyUnknown>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>, Refuses<UnitNotOrderable>]
public sealed record OrderProposals(SupplierId Supplier, WarehouseId Warehouse, IReadOnlyList<ReorderProposalId> ReorderProposals)
    : ICommand<OrderDrafted>;

internal sealed class OrderProposalsHandler(PlatformDb db, OrderDrafting drafting) : ICommandHandler<OrderProposals, OrderDrafted>
{
    public async Task<Result<OrderDrafted>> HandleAsync(OrderProposals command, Envelope envelope, CancellationToken ct)
    {
        var ids = command.ReorderProposals.Distinct().ToList();
        if (Field.Whole("reorderProposals", ids.Count, least: 1, most: 500) is { } invalid)
        {
            return invalid;
        }

        var proposals = await db.LockProposalsAsync(ids, ct);
        foreach (var id in ids)
        {
            if (Refuse(proposals.Find(one => one.Id == id), id, command) is { } refusal)
            {
                return refusal;
            }
        }

        if (await db.ShareWarehouseAsync(command.Warehouse, ct) is not { } warehouse)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var terms = await db.TermsInForceAsync(command.Supplier, proposals.ConvertAll(one => one.ItemId), today, ct);
        var agreement = proposals[0].AgreementId;
        if (proposals.Find(one => one.AgreementId != agreement) is { } other)
        {
            return new AgreementsDiffer(other.Id, other.AgreementId);
        }

        var agreed = agreement is { } called ? await db.AgreementLinesAsync(called, ct) : [];
        if (proposals.Find(one => !agreed.ContainsKey(one.ItemId) && !terms.ContainsKey(one.ItemId)) is { } missing)
        {
            return new NoTermsInForce(command.Supplier, missing.ItemId);
        }

        var items = proposals.ConvertAll(one => one.ItemId);
        var units = await db.Set<Item>().Where(item => items.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.BaseUnit, ct);
        var lines = proposals.ConvertAll(one => Line(
            one, terms.GetValueOrDefault(one.ItemId), agreed.GetValueOrDefault(one.ItemId), units[one.ItemId], today));
        var currency = agreement is { } money
            ? await db.Set<PurchaseAgreement>().Where(one => one.Id == money).Select(one => one.CurrencyCode).SingleAsync(ct)
            : terms.Values.First().CurrencyCode;
        var isEmergency = proposals.Exists(one => one.Kind == ProposalKind.Emergency);
        var drafted = await drafting.DraftAsync(
            new DraftOrder(
                warehouse.LegalEntityId, command.Warehouse, command.Supplier, isEmergency ? OrderKind.Emergency : OrderKind.Standard,
                currency, lines,
                isEmergency ? $"Would be missing: {string.Join(", ", proposals.Where(one => one.Kind == ProposalKind.Emergency).Select(one => one.Number).Take(20))}" : null),
            agreement,
            envelope,
            ct);
        if (!drafted.Succeeded(out var order))
        {
            return drafted.Error!;
        }

        for (var at = 0; at < proposals.Count; at++)
        {
            proposals[at].Order(order.Order, at + 1, envelope.Now);
            db.Raise(proposals[at].Moved(ProposalStep.Order, ProposalStatus.Decided, reason: null));
        }

        return order;
    }

    private static DomainError? Refuse(ReorderProposal? proposal, ReorderProposalId id, OrderProposals command)
    {
        if (proposal is null)
        {
            return new ReorderProposalNotFound(id);
        }

        if (proposal.RefuseStep(ProposalStep.Order) is { } wrong)
        {
            return wrong;
        }

        return proposal.SupplierId == command.Supplier && proposal.WarehouseId == command.Warehouse
            ? null
            : new ProposalsDiffer(proposal.Id, proposal.SupplierId, proposal.WarehouseId);
    }

    private static OrderLine Line(
        ReorderProposal proposal, SupplierItemTerms? terms, PurchaseAgreementLine? agreed, string unit, DateOnly today)
    {
        var quantity = proposal.DecidedQuantity!.Value;
        return new OrderLine(
            proposal.ItemId, unit, quantity, agreed?.UnitPrice ?? terms!.PriceOf(quantity), proposal.NeededOn < today ? today : proposal.NeededOn,
            terms?.OverPercent ?? 0m, terms?.UnderPercent ?? 0m);
    }
}
