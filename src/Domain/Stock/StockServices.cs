using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

internal sealed class StockServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddScoped<StockPoster>();
}
