using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Domain.Access;

internal sealed class AccessServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddSingleton<AccessReader>().AddSingleton<SignInThrottle>();
}
