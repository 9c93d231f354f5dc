using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Tracing;

namespace Platform.Domain.Stock;

internal sealed class StockServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddScoped<StockPoster>()
        .AddScoped<ITogetherHandler<PostMovements, StockPosted>, PostTogetherHandler>()
        .AddScoped<AdjustmentPolicies>()
        .AddScoped<AdjustmentRequests>()
        .AddScoped<IMaterialFacts, SpotFacts>()
        .AddScoped<Finance.IPeriodCheck, StockReconciliation>()
        .AddScoped<IItemUsage, StockItemUsage>()
        .AddScoped<IItemCostingFollower, Costing.PoolAdoptsMethod>()
        .AddScoped<Approvals.IMaterialFacts, Costing.CostingRuleFacts>()
        .AddScoped<IRecordUse, StockOfItem>()
        .AddScoped<IRecordUse, StockInBin>()
        .AddSingleton<StockTraces>()
        .AddSingleton<LedgerReplay>();
}
