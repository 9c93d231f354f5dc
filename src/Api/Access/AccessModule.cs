using Microsoft.AspNetCore.Authorization;
using Platform.Api.Hosting;
using Platform.Domain.Approvals;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;

namespace Platform.Api.Access;

/// <summary>Who may do what.</summary>
internal sealed class AccessModule : IHostModule
{
    public void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddSingleton(provider => new ProviderKeys(
            provider.GetRequiredService<IdentityProviderSettings>(),
            new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false }),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ProviderKeys>>()));
        services.AddSingleton<JwtIdentities>();
        services.AddScoped<IHeldPermissions, AccountPermissions>();
        services.AddSingleton<Standings>();
        services.AddSingleton<Budgets>();
        services.AddSingleton<IOperationGate>(provider => provider.GetRequiredService<Budgets>());
        services.AddSingleton<CookieRules>();
        services.AddSingleton<Recognition>();
        services.AddSingleton<FrontDoor>();
        services.AddSingleton<AuthBody>();
        services.AddSingleton<SignInEndpoints>();
        services.AddSingleton<SecretEndpoints>();
        services.AddSingleton<RequestInterceptor>();
        services.AddSingleton<IHttpRequestInterceptor>(provider => provider.GetRequiredService<RequestInterceptor>());
        services.AddSingleton<ISocketSessionInterceptor, SocketInterceptor>();
        Surroundings.AddTo(services);
        services.AddHostedService<ConfirmingWork>();
        services.AddHostedService<AnnouncementWork>();
    }

    public void Map(WebApplication app)
    {
        Surroundings.Use(app);
        var recognition = app.Services.GetRequiredService<Recognition>();
        app.Use(recognition.InvokeAsync);
        app.Services.GetRequiredService<SignInEndpoints>().Map(app);
        app.Services.GetRequiredService<SecretEndpoints>().Map(app);
    }
}
