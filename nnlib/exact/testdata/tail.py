from mpmath import *
import numpy as np
mp.prec=160
def fit(K,deg,amax):
    tmax=(mpf(amax)-K)/(mpf(amax)+K)
    def G(t):
        a=K*(1+t)/(1-t); return (a+K)*erfc(a/sqrt(2))*exp(a*a/2)/2
    lo,hi=mpf(-1),tmax
    n=deg+1
    xs=[(lo+hi)/2+(hi-lo)/2*cos(pi*(2*i+1)/(2*n)) for i in range(n)]
    # relative weighting ignored
    c=polyfitc(xs,[G(x) for x in xs])
    return c,tmax,G
def polyfitc(xs,ys):
    n=len(xs)
    d=list(ys)
    for j in range(1,n):
        for i in range(n-1,j-1,-1): d[i]=(d[i]-d[i-1])/(xs[i]-xs[i-j])
    # newton to monomial
    p=[mpf(0)]*n
    p[0]=d[n-1]
    deg=0
    for i in range(n-2,-1,-1):
        q=[mpf(0)]*n
        for k in range(deg+1):
            q[k+1]+=p[k]; q[k]-=p[k]*xs[i]
        q[0]+=d[i]; p=q; deg+=1
    return p
c,tm,G=fit(mpf(4),20,15)
print("COEF")
for i,x in enumerate(c): print("\t%s,"%float(x).hex())
print("ERF")
for n in range(13): print("\t%s,"%float((-1)**n*2/sqrt(pi)/factorial(n)/(2*n+1)).hex())
